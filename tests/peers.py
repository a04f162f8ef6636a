"""The events of the bench as other programs take them: what Parcours is measured beside.

Plain Material gets a page of each event, with its title and text, and nothing else. Hugo and
Eleventy get the same with a calendar of each event, and of all events, each theme and each
organisation a page, a calendar and RSS.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

MATERIAL = """\
site_name: Mesure
site_url: https://bench.example/
docs_dir: content
theme: {name: material, language: fr, font: false}
markdown_extensions: [admonition, attr_list, tables, toc, pymdownx.superfences]
nav: [index.md]
not_in_nav: "*"
plugins:
  - search: {lang: fr}
"""

HUGO = """\
baseURL = "https://bench.example/"
languageCode = "fr"
title = "Mesure"
disableKinds = ["sitemap"]
[taxonomies]
  theme = "themes"
  host = "hosts"
[outputFormats.Calendar]
  mediaType = "text/calendar"
  baseName = "index"
  isPlainText = true
[outputs]
  home = ["HTML", "RSS", "Calendar"]
  section = ["HTML", "RSS", "Calendar"]
  term = ["HTML", "RSS", "Calendar"]
  taxonomy = ["HTML"]
  page = ["HTML", "Calendar"]
"""

PAGE = """\
<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{{ .Title }}</title>
<meta name="description" content="{{ .Params.summary }}"></head><body><h1>{{ .Title }}</h1>
<p><time datetime="{{ .Date.Format "2006-01-02T15:04" }}">
{{ .Date.Format "02/01/2006 15:04" }}</time></p>
{{ .Content }}<ul>{{ range .Params.themes }}<li>{{ . }}</li>{{ end }}</ul></body></html>
"""

LIST = """\
<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{{ .Title }}</title></head><body>
<h1>{{ .Title }}</h1><ul>{{ range .RegularPages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a>
{{ .Date.Format "02/01/2006" }}</li>{{ end }}</ul></body></html>
"""

ENTRY = """\
BEGIN:VEVENT
UID:{{ .File.BaseFileName }}@bench.example
DTSTAMP:{{ .Date.UTC.Format "20060102T150405Z" }}
DTSTART:{{ .Date.UTC.Format "20060102T150405Z" }}
SUMMARY:{{ .Title }}
DESCRIPTION:{{ .Params.summary }}
URL:{{ .Permalink }}
END:VEVENT
"""

HEAD, FOOT = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//bench//fr\n", "END:VCALENDAR\n"


ELEVENTY = """\
const LISTED = ["themes", "hosts"];
export default function (config) {
  config.setQuietMode(true);
  config.addFilter("utc", (date) => date.toISOString().replace(/[-:]|\\.\\d+/g, ""));
  config.addFilter("day", (date) => date.toISOString().slice(0, 16));
  config.addFilter("said", (text) => String(text).replace(/[\\\\;,]/g, "\\\\$&"));
  config.addCollection("events", (api) => api.getFilteredByGlob("events/*.md"));
  config.addCollection("lists", (api) => {
    const events = api.getFilteredByGlob("events/*.md");
    const found = [{ url: "", title: "Mesure", events }];
    found.push({ url: "events/", title: "Events", events });
    for (const kind of LISTED) {
      for (const id of new Set(events.flatMap((one) => one.data[kind]))) {
        const its = events.filter((one) => one.data[kind].includes(id));
        found.push({ url: `${kind}/${id}/`, title: id, events: its });
      }
    }
    return found;
  });
  return { markdownTemplateEngine: false, dir: { output: "public" } };
}
"""

_EVENT = """\
<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{{ title }}</title>
<meta name="description" content="{{ summary }}"></head><body><h1>{{ title }}</h1>
<p><time datetime="{{ page.date | day }}">{{ page.date | day }}</time></p>
{{ content | safe }}<ul>{% for one in themes %}<li>{{ one }}</li>{% endfor %}</ul></body></html>
"""

_OF_EACH = (
    "---js\n{{ pagination: {{ data: {data}, size: 1, alias: 'one' }}, permalink: {to} }}\n---\n"
)

_VEVENT = """\
BEGIN:VEVENT
UID:{{ it.fileSlug }}@bench.example
DTSTAMP:{{ it.date | utc }}
DTSTART:{{ it.date | utc }}
SUMMARY:{{ it.data.title | said | safe }}
DESCRIPTION:{{ it.data.summary | said | safe }}
URL:https://bench.example{{ it.url }}
END:VEVENT
"""

_LISTS = {
    "index.html": """\
<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{{ one.title }}</title></head>
<body><h1>{{ one.title }}</h1><ul>{% for it in one.events %}<li><a href="{{ it.url }}">
{{ it.data.title }}</a> {{ it.date | day }}</li>{% endfor %}</ul></body></html>
""",
    "index.ics": "HEAD{% for it in one.events %}" + _VEVENT + "{% endfor %}FOOT",
    "index.xml": """\
<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>{{ one.title }}</title>
<link>https://bench.example/{{ one.url }}</link><description>{{ one.title }}</description>
{% for it in one.events %}<item><title>{{ it.data.title }}</title>
<link>https://bench.example{{ it.url }}</link><guid>https://bench.example{{ it.url }}</guid>
<pubDate>{{ it.date.toUTCString() }}</pubDate><description>{{ it.data.summary }}</description>
</item>{% endfor %}</channel></rss>
""",
}


@dataclass(frozen=True)
class Meeting:
    """An event of the corpus."""

    name: str
    front: dict[str, object]
    body: str


def meetings(root: Path) -> Iterator[Meeting]:
    """Those that a corpus holds."""
    for path in sorted(root.glob("*/**/*.md")):
        found = re.fullmatch(r"---\n(.*?)\n---\n(.*)", path.read_text("utf-8"), re.DOTALL)
        if found is not None:
            front = yaml.safe_load(found[1])
            if "start" in front:
                yield Meeting(path.stem, front, found[2])


def write_material(root: Path, folder: Path) -> None:
    """A site of plain Material."""
    (folder / "content/events").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(MATERIAL, "utf-8")
    (folder / "content/index.md").write_text("# Mesure\n", "utf-8")
    for one in meetings(root):
        text = f"# {one.front['title']}\n\n{one.front['start']}\n\n{one.body}"
        (folder / f"content/events/{one.name}.md").write_text(text, "utf-8")


def write_hugo(root: Path, folder: Path) -> None:
    """A site of Hugo, with its templates."""
    layouts = folder / "layouts/_default"
    layouts.mkdir(parents=True)
    (folder / "content/events").mkdir(parents=True)
    (folder / "config.toml").write_text(HUGO, "utf-8")
    (layouts / "single.html").write_text(PAGE, "utf-8")
    for name in ("list.html", "terms.html"):
        (layouts / name).write_text(LIST, "utf-8")
    (layouts / "single.calendar.ics").write_text(HEAD + ENTRY + FOOT, "utf-8")
    each = "{{ range .RegularPages }}" + ENTRY + "{{ end }}"
    (layouts / "list.calendar.ics").write_text(HEAD + each + FOOT, "utf-8")
    _write_events(root, folder / "content/events")


def write_eleventy(root: Path, folder: Path) -> None:
    """A site of Eleventy, with its templates."""
    events = folder / "events"
    events.mkdir(parents=True)
    (folder / "_includes").mkdir()
    (folder / "package.json").write_text('{"type": "module"}', "utf-8")
    (folder / "eleventy.config.js").write_text(ELEVENTY, "utf-8")
    (folder / "_includes/event.njk").write_text(_EVENT, "utf-8")
    (events / "events.json").write_text('{"layout": "event.njk"}', "utf-8")
    alone = _OF_EACH.format(
        data="'collections.events'", to="(data) => data.one.url.slice(1) + 'index.ics'"
    )
    calendar = f"{alone}{{% set it = one %}}{HEAD}{_VEVENT}{FOOT}"
    (folder / "event-calendar.njk").write_text(calendar, "utf-8")
    for name, text in _LISTS.items():
        its = _OF_EACH.format(data="'collections.lists'", to=f"(data) => data.one.url + '{name}'")
        listed = its + text.replace("HEAD", HEAD).replace("FOOT", FOOT)
        (folder / f"list-{Path(name).suffix[1:]}.njk").write_text(listed, "utf-8")
    _write_events(root, events)


def _write_events(root: Path, folder: Path) -> None:
    """A file of each event, as both of them read it."""
    for one in meetings(root):
        front = {
            "title": one.front["title"],
            "date": str(one.front["start"]).replace(" ", "T"),
            "summary": one.front["summary"],
            "themes": one.front["themes"],
            "hosts": one.front["hosts"],
        }
        front["date"] = re.sub(r"T(\d):", r"T0\1:", str(front["date"]))
        front["date"] = re.sub(r"T(\d\d:\d\d)$", r"T\1:00Z", str(front["date"]))
        text = f"---\n{yaml.safe_dump(front, allow_unicode=True)}---\n{one.body}"
        (folder / f"{one.name}.md").write_text(text, "utf-8")
