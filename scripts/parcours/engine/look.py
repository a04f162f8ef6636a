"""How a site looks that says nothing of it: tabs, and our colours in both schemes."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig

from ..i18n import Translator
from ..problems import N_

TABS = "navigation.tabs"


def dress(config: MkDocsConfig, tr: Translator) -> None:
    """Give the theme what our pages need, and what the site left open.

    Our pages use the whole width, without the theme's column of the menu: on a wide screen its tabs
    are the only way from one page to another. Colours that the configuration names stay.
    """
    features = list(config.theme.get("features") or [])
    if TABS not in features:
        config.theme["features"] = [*features, TABS]
    if not config.theme.get("palette"):
        schemes = (
            ("light", "default", "material/weather-night", N_("Switch to dark mode")),
            ("dark", "slate", "material/weather-sunny", N_("Switch to light mode")),
        )
        config.theme["palette"] = [
            {
                "media": f"(prefers-color-scheme: {preferred})",
                "scheme": scheme,
                "primary": "custom",
                "accent": "custom",
                "toggle": {"icon": icon, "name": tr.gettext(name)},
            }
            for preferred, scheme, icon, name in schemes
        ]
