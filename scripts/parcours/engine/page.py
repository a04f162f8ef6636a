"""Compiled pages in the engine: they are HTML already."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents


class CompiledPage(Page):
    """A page whose Markdown is one closed HTML block, which Markdown would only copy.

    Rendered by plain MkDocs, the same page of the Tree has the same content; a test compares them.
    """

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Take the block as it is: a third of the time of a page goes into copying it."""
        if self.markdown is None:
            raise RuntimeError("`markdown` field hasn't been set (via `read_source`)")
        self.content = self.markdown.strip("\n")
        self.toc = TableOfContents([])
        self.present_anchor_ids = set()
        self.links_to_anchors = {}
