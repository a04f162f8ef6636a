"""What explains Parcours to the people who write for it: fields, problems, words, with examples.

One source for the command `explain`, the reference on the site, and the README.
"""
