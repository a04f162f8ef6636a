"""What the engine's configuration is given once the site is compiled."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import PluginCollection
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from ..assembly import Compiled
from ..i18n import translator
from ..pages.bundle import FAVICON, STYLESHEET
from ..pages.frontmatter import escape
from ..problems import N_
from ..prose.forge import FORGE
from .config import SEARCH, has_search
from .look import dress
from .page import CompiledPage
from .words import template_words

TOOLTIPS = "content.tooltips"

THEME_FAVICON = "assets/images/favicon.png"
"""What the theme shows when the site names no icon of its own."""


def hand_over(config: MkDocsConfig, compiled: Compiled, *, serving: bool) -> None:
    """Have the theme show our pages: styles, words, templates, and what the site left open."""
    settings = compiled.community.settings
    tr = translator(settings.language)
    if FORGE not in config.markdown_extensions:
        config.markdown_extensions.append(FORGE)  # the last one: it looks at the others
    theme_folder = str(Path(__file__).with_name("overrides"))
    if theme_folder not in config.theme.dirs:
        # After a site's own overrides, before the theme's templates.
        own = 1 if config.theme.custom_dir else 0
        config.theme.dirs.insert(own, theme_folder)
    if STYLESHEET not in config.extra_css:
        config.extra_css.insert(0, STYLESHEET)
    for key, value in template_words(settings).items():
        config.extra.setdefault(key, value)
    config.mdx_configs[FORGE] = {"language": settings.tongue}
    # Themes print these raw: they are escaped here.
    config.extra["parcours_foot"] = [
        {"title": escape(link.title), "address": link.address} for link in compiled.foot
    ]
    config.extra["parcours_foot_name"] = escape(tr.gettext(N_("About this site")))
    config.extra["parcours_search"] = {
        "title": escape(tr.gettext(N_("Search"))),
        "address": settings.search,
    }
    dress(config, tr)
    if config.theme.get("favicon") in (None, THEME_FAVICON):
        config.theme["favicon"] = FAVICON
    # Themes print it raw, in titles and attributes.
    config.site_name = Markup.escape(config.site_name)
    if serving:
        # They show the text of a page as HTML, and a preview has no policy.
        features = config.theme.get("features") or []
        config.theme["features"] = [one for one in features if one != TOOLTIPS]
    if has_search(config):
        _hold_back(config.plugins)
    # Its fonts come from another host: ours lie in the site, others belong in its style sheet.
    config.theme["font"] = False
    # The same on every page: the theme's inline script holds it, and its hash must not vary.
    config.extra.setdefault("scope", urlsplit(config.site_url or "/").path or "/")


def _hold_back(plugins: PluginCollection) -> None:
    """The theme's search, which leaves every page out, need not look for its marks in our own."""
    reads = plugins[SEARCH].on_page_context

    def read(context: TemplateContext, *, page: Page, **more: Any) -> None:
        if not isinstance(page, CompiledPage):
            reads(context, page=page, **more)

    events = plugins.events["page_context"]
    events[:] = [read if one == reads else one for one in events]
