"""Posts: dated news of the programme, a Markdown or YAML file each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path, PurePosixPath

from ..model.community import Post
from ..model.doubts import text_doubts
from ..model.instants import moment_of
from ..model.names import slug
from ..model.rules import date_faults, image_faults
from ..model.schema import PostRecord
from ..model.settings import NewsFolder
from ..model.values import Moment
from ..model.zones import is_skipped, zone
from ..problems import Mark, Problems
from .events import Context, body_of, files_named, open_record, report
from .files import is_folder
from .suffixes import SOURCES
from .walk import by_bundle, source_files


def read_posts(context: Context) -> tuple[Post, ...]:
    """Every post, those still to come included, the newest first."""
    news = context.settings.news
    if news is None:
        return ()
    if not is_folder(context.root / news.folder):
        mark = Mark(context.settings.source)
        context.problems.add("missing-folder", mark, value=news.folder, collection="news")
        return ()
    files = post_files(context.root, news, context.problems)
    posts = [post for file in files if (post := _read(context, news, file))]
    return tuple(sorted(posts, key=lambda post: (-post.instant, post.id)))


def post_files(root: Path, news: NewsFolder, problems: Problems) -> Iterator[PurePosixPath]:
    """The files of posts: a folder with an index is one, and what lies beside belongs to it."""
    found = source_files(root, news.folder, problems, suffixes=SOURCES)
    files = (PurePosixPath(file) for _, file in found)
    yield from by_bundle(files, PurePosixPath(news.folder))[0]


def _read(context: Context, news: NewsFolder, file: PurePosixPath) -> Post | None:
    opened = open_record(context, context.root / file, str(file), PostRecord)
    if opened is None:
        return None
    source, record = opened
    document, problems, entities = source.document, context.problems, context.entities
    parts = file.relative_to(news.folder).with_suffix("").parts
    id = record.id or slug("-".join(parts[:-1] if file.stem == "index" else parts))
    if not id:
        problems.add("bad-id", Mark(str(file)), value=file.stem, field="id", better="mon-sujet")
        return None
    home = context.settings.timezone
    if is_skipped(record.date.naive, home):
        mark = document.mark(("date",))
        problems.add("skipped-hour", mark, field="date", value=str(record.date), timezone=home)
        document.broken.add(("date",))
    instant = _instant(record.date, home)
    report(problems, document, image_faults(record.image))
    report(problems, document, text_doubts(record))
    if moment_of(instant) <= context.now:  # of one still to come, more is told below
        report(problems, document, date_faults(record.date.day, context.now, "date"))
    themes = entities.themes.find_all(record.themes, "themes", document, problems)
    territories = entities.territories.find_all(
        record.territories, "territories", document, problems
    )
    authors = entities.people.find_all(record.authors, "authors", document, problems)
    files = files_named(record, source, context)
    if moment_of(instant) > context.now and not context.drafts:
        mark = document.mark(("date",))
        problems.add("future-post", mark, severity="warning", date=str(record.date))
    return Post(
        id=id,
        guid=context.settings.uid(id, slug(news.address)),
        address=f"{news.address}/{id}/",
        record=record,
        instant=instant,
        day=record.date.day,
        source=str(file),
        themes=themes,
        territories=territories,
        authors=authors,
        body=body_of(source, record.description),
        stamps=context.dating.stamps(
            str(file),
            [
                *(theme.source for theme in themes),
                *(territory.source for territory in territories),
                *(author.source for author in authors),
                *entities.people.files_of_left(one.id for one in record.authors),
            ],
            record.updated,
        ),
        files=files,
    )


def _instant(moment: Moment, zone_name: str) -> int:
    local: datetime = moment.naive.replace(tzinfo=zone(zone_name))
    return int(local.timestamp())
