"""New sources: what can be written, what is asked for, how it is written down.

All is drawn from the schema: a kind, an entity or a key that is added there is asked for and
written without a line here.
"""
