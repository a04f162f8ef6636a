"""New needs as news items."""

from __future__ import annotations

from markupsafe import escape

from ..i18n import Translator
from ..model.exchange import Need, need_address
from ..model.settings import Settings
from ..problems import N_
from .items import Item


def write_need(need: Need, changed: int, settings: Settings, tr: Translator) -> Item:
    """What a reader of feeds shows of a need: nothing of who may answer it.

    Args:
        changed: Unix seconds of the last change of its file.
    """
    record, market, instant = need.record, settings.market, need.instant
    assert market is not None  # what has needs has a market
    skills = ", ".join(one.name for one in need.skills)
    about = [need.organisation.name if need.organisation else ""]
    about += [need.territory.name if need.territory else "", skills]
    summary = ", ".join(one for one in about if one)
    marked = [tr.gettext(N_("Example: this need is invented."))] if record.example else []
    said = (record.description or "").split("\n\n")
    texts = [*marked, summary, *(" ".join(one.split()) for one in said)]
    content = "".join(f"<p>{escape(one)}</p>" for one in texts if one)
    return Item(
        guid=need.guid,
        title=need.title,
        link=settings.site_url + need_address(need, market, settings.addresses),
        instant=instant,
        changed=max(instant, changed),
        summary=summary,
        brief=content,
        content=content,
        language=settings.tongue,
        tags=tuple(one.name for one in need.skills),
        creators=(need.organisation.name,) if need.organisation else (),
    )
