"""Random sources that try to run a script in a reader's page: a grammar, and its seed.

Nothing here knows how the site is made safe. Each case calls ``ran(N)``, with its own number, by
every way that is known to browsers: elements, handlers, addresses, foreign content, what HTML's
parsers read differently, Markdown, front matter, names of files, SVG and other published files.
"""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import escape
from random import Random
from urllib.parse import quote


def words(text: str) -> list[str]:
    return text.split()


EVIL = "evil.example"
"""A host that no page may ask for anything."""

WHEN = "2026-12-03 12:30"

SCRIPT = "n.txt"
"""A published text that is a script to whoever loads it as one; served at the root of the site."""

TAGS = words(
    """
    a abbr address animate area article aside audio b bdo blockquote body br button canvas
    caption center cite code col colgroup data dd del details dfn dialog div dl dt em embed
    fieldset figcaption figure font footer form frame frameset g h1 h2 head header hr html i
    iframe image img input ins kbd keygen label legend li link listing main map mark marquee
    math menu meta meter mi mtext nav nobr noscript object ol optgroup option output p param
    path picture plaintext pre progress q rect rp rt ruby s samp search section select slot
    small source span strong style sub summary sup svg table tbody td template text textarea
    tfoot th thead time title tr track tt u ul use var video wbr xmp x-y pc-quiet
    """
)

EVENTS = words(
    """
    onabort onafterprint onanimationend onanimationiteration onanimationstart onauxclick
    onbeforeinput onbeforematch onbeforetoggle onbegin onblur oncancel oncanplay onchange
    onclick onclose oncontextmenu oncopy oncuechange oncut ondblclick ondrag ondrop onend
    onerror onfocus onfocusin onformdata ongotpointercapture oninput oninvalid onkeydown
    onkeypress onkeyup onload onloadeddata onloadstart onmousedown onmouseenter onmouseover
    onmousemove onpageshow onpaste onplay onpointerdown onpointerenter onpointerover onrepeat
    onreset onresize onscroll onscrollend onsearch onselect onselectionchange onstart onsubmit
    ontoggle ontouchstart ontransitionend ontransitionrun onunload onwheel
    onwebkitanimationstart
    """
)

RAW = words(
    """
    style title textarea xmp noembed noframes iframe noscript script plaintext select template
    listing comment svg math option object applet marquee
    """
)
"""Elements whose content browsers read in ways of their own."""

POINTS = words("mtext mi mo mn ms annotation-xml desc foreignObject title mglyph malignmark")
"""Elements at which foreign content and HTML meet."""

PLAIN = words(
    """
    p div span em strong b i u s code pre kbd samp var sub sup small mark abbr cite q blockquote dl
    dt dd ul ol li table tr td th details summary figure figcaption section article h2 h3 h4 ins del
    time br hr wbr ruby rt center font a
    """
)
"""Elements that an author may well write."""

ADDRESSES = [
    ("a", "href"), ("area", "href"), ("iframe", "src"), ("embed", "src"), ("object", "data"),
    ("img", "src"), ("img", "srcset"), ("input", "src"), ("video", "src"), ("video", "poster"),
    ("audio", "src"), ("source", "src"), ("track", "src"), ("form", "action"), ("link", "href"),
    ("base", "href"), ("body", "background"), ("table", "background"), ("td", "background"),
    ("frame", "src"), ("blockquote", "cite"), ("q", "cite"), ("a", "ping"), ("img", "longdesc"),
    ("script", "src"), ("applet", "code"), ("portal", "src"), ("fencedframe", "src"),
    ("html", "manifest"), ("bgsound", "src"), ("image", "href"), ("img", "lowsrc"),
]  # fmt: skip

SUFFIXES = words(".markdown .mdown .mkdn .mkd .MD .Markdown .md.txt .mdx .txt")

PUBLISHED = words(
    """
    .html .htm .xhtml .xht .shtml .HTML .xml .xsl .js .mjs .json .txt .css .svgz .wasm .pdf .rss
    .html.txt .svg.xml .php .hta .mht .swf .vtt .webmanifest .csv .ics
    """
)

TAKEN = words(
    """
    assets/parcours.js assets/agenda.js assets/javascripts/bundle.js sw.js search/main.js
    search/search_index.json 404.html index.html sitemap.xml agenda/index.html
    assets/favicon.svg assets/stylesheets/main.css assets/Parcours.js
    """
)

KEYS = words(
    """
    title description author authors feeds hide search tags template icon status image social
    date git_revision_date_localized git_creation_date_localized canonical_url edit_url frames
    share robots subtitle summary redirect revision_date comments extra_css extra_javascript
    jsonld graph og keywords language lang dir class id url href parent players player
    data-md-color
    """
)

ENTITIES = {
    "themes": ("description",),
    "organisations": ("description", "url"),
    "people": ("role", "consent"),
    "places": ("address", "description", "url"),
    "territories": ("description", "code"),
}


@dataclass
class Case:
    """Files that belong together, by their path in the site's folder.

    Attributes:
        number: what its scripts call ``ran`` with.
        sort: what kind of case it is.
        pieces: what was put together, for who makes it smaller.
        again: makes the same case of fewer pieces.
    """

    number: int
    sort: str
    files: dict[str, bytes]
    pieces: list[str] = field(default_factory=list)
    again: Callable[[int, list[str]], Case] | None = None


class Grammar:
    """Draws hostile texts for the case *number*."""

    def __init__(self, random: Random, number: int) -> None:
        self.random = random
        self.number = number

    def pick(self, choices: Sequence[str]) -> str:
        return self.random.choice(choices)

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    # Scripts and addresses.

    def call(self) -> str:
        """A call of ``ran`` without any quote or blank."""
        n = self.number
        return self.pick(
            [f"ran({n})", f"top.ran({n})", f"window.ran({n})", f"r\\u0061n({n})", f"ran`{n}`"]
        )

    def script_file(self) -> str:
        """An address of the script, wherever the page lies; the case stands in its query."""
        up = self.pick(["../", "../../", "/", "../../../", "", "./"])
        return f"{up}{SCRIPT}?{self.number}"

    def mixed(self, text: str) -> str:
        if self.chance(0.6):
            return text
        return "".join(c.upper() if self.chance(0.5) else c for c in text)

    def hidden(self, text: str) -> str:
        """The text with references, tabs and breaks that a browser takes out again."""
        found = ""
        for c in text:
            draw = self.random.random()
            if draw < 0.08:
                form = self.pick(["&#{};", "&#0000{};", "&#{}", "&#x{:x};", "&#X{:X};"])
                found += form.format(ord(c))
            elif draw < 0.11:
                found += self.pick(["&Tab;", "&NewLine;", "\t", "\n", "&#9;", "&#10;", "&#13;"]) + c
            elif c == ":" and draw < 0.4:
                found += self.pick(["&colon;", "&#58;", "&#x3a;", "&colon"])
            else:
                found += c
        return found

    def address(self) -> str:
        """An address that runs, without quotes or angle brackets."""
        n = self.number
        html = f"<script>parent.ran({n})</script>"
        packed = base64.b64encode(html.encode()).decode()
        quoted = html.replace("<", "%3C").replace(">", "%3E")
        kind = self.pick(
            ["js"] * 6 + ["js//", "jsblank", "data", "data64", "svg", "vbs", "evil", "file", "nest"]
        )
        if kind == "data":
            return f"data:text/html,{quoted}"
        if kind == "data64":
            return f"{self.mixed('data')}:text/html;base64,{packed}"
        if kind == "svg":
            svg = f'<svg xmlns="http://www.w3.org/2000/svg" onload="parent.ran({n})"/>'
            return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
        if kind == "evil":
            slashes = self.pick(
                ["https://", "//", "\\\\", "/\\", "http:", "https:/", "///", "http:\\\\"]
            )
            return f"{slashes}{EVIL}/{n}"
        if kind == "file":
            return self.script_file()
        if kind == "vbs":
            return f"{self.mixed('vbscript')}:ran({n})"
        if kind == "nest":
            return f"view-source:javascript:ran({n})"
        scheme = self.mixed("javascript")
        if kind == "jsblank":
            scheme = self.pick(["&#1;", "&#32;", " ", "&#x1f;", "&Tab;", "\u00a0", "&#0;"]) + scheme
        body = self.call() if kind != "js//" else f"//%0A{self.call()}"
        return self.hidden(f"{scheme}:{body}") if self.chance(0.5) else f"{scheme}:{body}"

    def quoted(self, value: str) -> str:
        form = self.pick(['"{}"'] * 4 + ["'{}'"] * 2 + ["{}", '"{}', " \n'{}'", "`{}`"])
        return form.format(value)

    def between(self) -> str:
        return self.pick([" "] * 6 + ["/", "\n", "\t", "\f", " / ", "//", " x=1 ", "\r\n", ' ""'])

    # HTML.

    def live(self) -> str:
        """Markup that runs by itself where it is markup."""
        n, run, file = self.number, self.call(), self.script_file()
        return self.pick(
            [
                f"<script>{run}</script>",
                f"<script src={file}></script>",
                f'<script src="{file}"></script>',
                f"<script/src={file}></script>",
                f"<SCRIPT\n>{run}</SCRIPT\n>",
                f"<script type=module>{run}</script>",
                f"<svg><script>{run}</script></svg>",
                f"<svg><script href={file}></script></svg>",
                f'<svg><script xlink:href="{file}"/></svg>',
                f"<svg><script>{run.replace('(', '&#40;')}</script></svg>",
                f"<math><script>{run}</script></math>",
                f"<img src=x onerror={run}>",
                f"<img src=x onerror='{run}'>",
                f"<img/src=x/onerror={run}>",
                f'<img src="x" onerror="{self.hidden(run)}">',
                f"<image src=x onerror={run}>",
                f"<svg onload={run}>",
                f"<svg/onload={run}/>",
                f"<body onload={run}>",
                f"<html onmouseover={run}>",
                f"<details open ontoggle={run}><summary>x</summary></details>",
                f"<video><source onerror={run} src=x></video>",
                f"<audio src=x onerror={run}></audio>",
                f"<input autofocus onfocus={run}>",
                f"<select autofocus onfocus={run}><option>x</select>",
                f"<marquee onstart={run}>x</marquee>",
                f"<style onload={run}></style>",
                f"<link rel=stylesheet href=x.css onerror={run}>",
                f"<iframe onload={run}></iframe>",
                f'<iframe srcdoc="&lt;script&gt;parent.ran({n})&lt;/script&gt;"></iframe>',
                f"<iframe srcdoc='<script src={file}></script>'></iframe>",
                f"<iframe src=javascript:parent.ran({n})></iframe>",
                f"<object data=x onerror={run}></object>",
                f'<object data="{self.address()}"></object>',
                f"<embed src=x onload={run}>",
                f"<svg><animate onbegin={run} attributeName=x dur=1s></svg>",
                f"<svg><set onbegin={run} attributeName=x></svg>",
                f"<svg><image href=x onerror={run}></svg>",
                f"<x tabindex=1 autofocus onfocus={run}>x</x>",
                f"<base href=//{EVIL}/>",
                f"<meta http-equiv=refresh content='0;url={SCRIPT}?{n}'>",
                f"<link rel=stylesheet href=//{EVIL}/{n}>",
                f'<div style="background:url(//{EVIL}/{n})">x</div>',
                f"<template shadowrootmode=open><img src=x onerror={run}></template>",
                f"<div><template shadowrootmode=open><script>{run}</script></template></div>",
                f"<button popovertarget=p{n}>x</button><div popover id=p{n} onbeforetoggle={run}>",
            ]
        )

    def armed(self) -> str:
        """Markup that runs when a reader does something."""
        tag = self.pick(TAGS)
        name, run = self.mixed(self.pick(EVENTS)), self.call()
        attribute = f"{name}{self.pick(['=', ' = ', '='])}{self.quoted(run)}"
        plain, held = self.random.choice(ADDRESSES)
        prefix = self.pick(["", "", "xlink:", "xml:", "x:", "data-", ":", "XLINK:"])
        value = self.address()
        n, said = self.number, self.quoted(value)
        target = self.pick(["_top", "_self", "x"])
        refresh = self.quoted(f"0;url={value}")
        return self.pick(
            [
                f"<{tag}{self.between()}{attribute}>x</{tag}>",
                f"<{self.mixed(tag)}{self.between()}{attribute}{self.between()}>x",
                f"<{plain}{self.between()}{held}={said}>x</{plain}>",
                f"<{plain} {self.mixed(held)}={said}>x</{plain}>",
                f"<svg><a {prefix}href={said}><text y=9>x</text></a></svg>",
                f"<math><mtext {prefix}href={said}>x</mtext></math>",
                f"<math {prefix}href={said}>x</math>",
                f"<svg><a><animate attributeName={prefix}href values={said} /><text>x",
                f"<svg><a><set attributeName={prefix}href to={said} /><text>x</a></svg>",
                f"<svg><a id=a{n}><text>x</text></a><animate href=#a{n} {prefix}href=#a{n} "
                f"attributeName=href from=x to={said} fill=freeze dur=1s /></svg>",
                f"<svg><set attributeName=onmouseover to={self.quoted(run)} /></svg>",
                f"<svg><use {prefix}href={said} /></svg>",
                f"<form><button formaction={said}>x</button></form>",
                f"<form><input type=submit formaction={said}></form>",
                f"<form id=f{n}></form><button form=f{n} formaction={said}>x</button>",
                f"<a href={said} target={target}>x</a>",
                f"<meta http-equiv={self.quoted('refresh')} content={refresh}>",
                f"<pre class=mermaid>graph LR; a-->b; click a {said}</pre>",
            ]
        )

    def markup(self) -> str:
        return self.live() if self.chance(0.55) else self.armed()

    def mutated(self) -> str:
        """Markup within what parsers read differently."""
        p = self.mutated() if self.chance(0.2) else self.markup()
        raw = self.pick(RAW)
        foreign = self.pick(["svg", "math"])
        point = self.pick(POINTS)
        return self.pick(
            [
                f'<{raw}><p title="</{raw}>{p}"></{raw}>',
                f'<{raw}><p title="</{raw} >{p}">x</p></{raw}>',
                f"<{raw}><a alt='</{raw}>{p}'>x</{raw}>",
                f"<{raw}>{p}</{raw}>",
                f"<{raw}>{p}",
                f"</{raw}>{p}",
                f'<{foreign}><style><p title="</style>{p}"></style></{foreign}>',
                f'<{foreign}></p><style><a id="</style>{p}"></style></{foreign}>',
                f'<{foreign}><{point}><style><p title="</style>{p}"></style></{point}></{foreign}>',
                f"<{foreign}><{point}>{p}</{point}></{foreign}>",
                f"<{foreign}><{point}><{raw}>{p}",
                f"<math><mtext><table><mglyph><style><!--</style>{p}--></style></table></math>",
                "<form><math><mtext></form><form><mglyph><style></math>" + p,
                f"<math><annotation-xml encoding='text/html'><style><p title='</style>{p}'>",
                f"<svg><![CDATA[><p title=']]>{p}'>]]></svg>",
                f"<![CDATA[{p}]]>",
                f"<svg><![CDATA[{p}]]></svg>",
                f"<!--><p title='-->{p}'>-->",
                f"<!--->{p}-->",
                f"<!-- --!>{p}-->",
                f"<!-- <!-- -->{p} -->",
                f"<!--[if IE]>{p}<![endif]-->",
                f"<!-{p}>",
                f"<?php {p} ?>",
                f"<?xml version='1.0'?>{p}",
                f"<! x {p}>",
                f"</ x{p}>",
                f"<%{p}%>",
                f"<a <b{p}",
                f'<p "{p}">x</p>',
                f"<p x=`{p}`>x</p>",
                f'<p x="`{p}`">x</p>',
                f'<p title="\n\n{p}\n\n">x</p>',
                f"<p title='a\"{p}'>x</p>",
                f"<p title=a{p}>x</p>",
                f"<p/title='{p}'/>",
                f"<table><tr>{p}<td>x</td></tr></table>",
                f"<select><option>{p}</option></select>",
                f"<select><keygen>{p}",
                f"<a><a>{p}</a></a>",
                f"<b><p></b>{p}",
                f"<p><svg><p>{p}",
                f"<frameset>{p}</frameset>",
                f"<template><template></template>{p}</template>",
                f"&lt;{p[1:]}",
                p.replace("<", "<\x00", 1) if self.chance(0.1) else p.replace("<", "<\f", 1),
                p[: self.random.randrange(len(p) + 1)],
                p.replace("<", "<<"),
                p.replace("<", "\uff1c"),
                p.replace(" ", self.between()),
                f"<x-y{p}",
                f"<details><summary>{p}</summary></details>",
                f"<svg><title>{p}</title></svg>",
                f"<svg><desc><svg>{p}",
                f"<math><mi><svg><{raw}>{p}",
            ]
        )

    def tame(self) -> str:
        """Markup that nothing should have against, with something hostile where it is only text."""
        p = self.html(0.0) if self.chance(0.7) else self.line()
        tag, other = self.pick(PLAIN), self.pick(PLAIN)
        held = self.pick(
            words("title alt class id lang aria-label data-x name headers abbr datetime")
        )
        value = p.replace('"', self.pick(["&quot;", "'", "&#34;", "&quot"]))
        single = p.replace("'", self.pick(["&#39;", '"', "&apos;"]))
        text = escape(p, quote=self.chance(0.5))
        loose = self.pick(
            ["", f"</{other}>", f"<{other}>", f"</{tag}", "<", "</", "<!", "&", "</p>"]
        )
        return self.pick(
            [
                f'<{tag} {held}="{value}">x</{tag}>',
                f"<{tag} {held}='{single}'>x</{tag}>",
                f"<{tag} {held} = \n'{single}' {held}=y>x</{tag}>",
                f'<{tag}><{other} {held}="{value}"></{tag}>{loose}</{other}>',
                f'<{tag}>{loose}<{other} {held}="{value}">{loose}</{tag}>',
                f'<img src="x.png" alt="{value}">',
                f'<a href="page.md" title="{value}">x{loose}</a>',
                f"<{tag}>{text}</{other}>",
                f"<{tag}>{loose}{text}",
                f"<{tag}>`{p}`</{tag}>",
                f"<{tag} {held}=`{text}`>x</{tag}>",
                f"`{p}` {loose} `{p}`",
                f"``` text\n{p}\n{loose}\n```",
                f"    {' '.join(p.split())}\n\n{loose}",
                f"x[^1]\n\n[^1]: `{' '.join(p.split())}`",
                f'[x](page.md "{text}")',
                f'![{text}](x.png "{text}")',
                f"[x](#{quote(p)})",
                f"[x](https://a.example/?q={quote(p)})",
                f"[x](<page.md#{text}>)",
                f"<https://a.example/{quote(p)}>",
                f"# {text}",
                f"## `{' '.join(p.split())}` {loose}",
                f"{text}\n---",
                f"| `{' '.join(p.split())}` | {text} |\n|---|---|\n| x | {text} |",
                f'!!! note "{text}"\n    {text}\n',
                f'<{tag} markdown="1">\n\n{text} *x*\n\n`{" ".join(p.split())}`\n\n</{tag}>',
                f"> {text}\n{loose}\n> - {text}",
                f"HTM\n\n*[HTM]: {text}",
                f"\\{p[:1]}{text}",
                f"&amp;{text} {escape(text)}",
                f"<{tag}>\n\n{text}\n\n<{other}>\n\n{loose}</{other}></{tag}>",
                f"*{text}**{loose}*x**",
                f"<{tag} hidden {held}={quote(p)}>x",
                f"<del cite='{quote(p)}'>x</del>",
                f"<details><summary {held}='{single}'>x</summary>{text}</details>",
                f'<table><tr><td {held}="{value}">x{loose}<tr><th>{text}</table>',
                f"<ul><li>{loose}<li {held}='{single}'>{text}</ul>",
            ]
        )

    def html(self, tame: float = 0.3) -> str:
        if self.chance(tame):
            return self.tame()
        return self.mutated() if self.chance(0.5) else self.markup()

    # Markdown.

    def markdown(self) -> str:
        """A block of Markdown around something hostile."""
        n, run = self.number, self.call()
        p = self.html()
        flat = " ".join(p.split("\n"))
        url = self.address().replace("\n", "").replace("\t", "")
        name = self.mixed(self.pick(EVENTS))
        list_ = f"{name}={self.quoted(run)}"
        return self.pick(
            [
                p, p, p, p, p, p,
                f"Text {flat} text",
                f"*{flat}*",
                f"`{flat}`",
                f"`` ` {flat} ``",
                f"    {flat}",
                f"> {flat}",
                f"- {flat}\n\n  {flat}",
                f"1. [ ] {flat}",
                f"[x]({url})",
                f"[x](<{url}>)",
                f'[x]({url} "t")',
                f"![x]({url})",
                f"<{url}>",
                f"<{self.mixed('javascript')}:ran({n})>",
                f"[x][r{n}]\n\n[r{n}]: {url}",
                f"[x][r{n}]\n\n[r{n}]: <{url}> '{flat}'",
                f"[x]: {url}\n\n[x] and ![x]",
                f"[{flat}](page.md)",
                f"[x](page.md 'x\" {list_} y=\"')",
                f"[x](page.md '\" {list_} x=\"')",
                f'![" {list_} x="](x.png)',
                f"![{flat}](x.png)",
                f"![x](x.png '{flat}')",
                f"![x](x\"{list_})",
                f"[x](page.md){{: {list_} }}",
                f"[x](page.md){{ {list_} }}",
                f"[x](page.md){{: href={self.quoted(url)} }}",
                f"![x](x.png){{: {list_} src={self.quoted(url)} }}",
                f"*x*{{: {list_} }}",
                f"Text.\n{{: {list_} }}",
                f"# Head {{: {list_} }}",
                f"## {flat}",
                f"## `{flat}`",
                f"## {escape(flat)}",
                f"## {escape(escape(flat))}",
                f"{flat}\n===",
                f"# [{escape(flat)}]({url})",
                f"- x\n  {{: {list_} }}",
                f"`x`{{: {list_} }}",
                f"| a {{: {list_} }} | {flat} |\n|---|---|\n| {flat} | x {{: {list_} }} |",
                f'!!! note "{flat}"\n    {flat}',
                f'!!! {flat}\n    x',
                f'!!! note {list_}\n    x',
                f'??? note "{flat}"\n    {flat}',
                f'=== "{flat}"\n\n    {flat}',
                f'```py title="{flat}"\nx\n```',
                f'```{{.py title="{escape(flat)}" {list_}}}\nx\n```',
                f"```{{: {list_} }}\nx\n```",
                f"```{flat}\n{flat}\n```",
                f"``` mermaid\ngraph LR\n  a-->b\n  click a {url}\n```",
                f"~~~\n{flat}\n~~~",
                f"```\n{flat}",
                f"`#!html {flat}`",
                f"HTM\n\n*[HTM]: {flat}",
                f'HTM\n\n*[HTM]: " {list_} "',
                f"x[^{n}]\n\n[^{n}]: {flat}",
                f"x[^a\"{list_}]\n\n[^a\"{list_}]: x",
                f'<div markdown="1">\n*x* {flat}\n\n{p}\n</div>',
                f"<div markdown {list_}>\n\n*x*\n\n</div>",
                f'<p markdown="span">{flat}</p>',
                f"<svg markdown>\n{p}\n</svg>",
                f'<script markdown="1">\n{run}\n</script>',
                f"x\n:   {flat}",
                f"++{flat}++ =={flat}== ^^{flat}^^ ~~{flat}~~ {{++{flat}++}}",
                f"$${flat}$$ $ {flat} $ \\({flat}\\)",
                f"{{{{ {flat} }}}} {{% raw %}}{flat}{{% endraw %}}",
                f":smile: :material-{flat}: :{list_}:",
                f"--8<-- \"{SCRIPT}\"",
                f"\\<{flat[1:]}",
                f"&lt;{flat[1:]} &#60;{flat[1:]}",
                f"klzzwxh:{n}{flat}wzxhzdk:0",
                f"{flat}\n{flat}\n\n{flat}",
                f"<http://a.example/\"{list_}>",
                f"<a@b.example\"{list_}>",
                f"http://a.example/\"{list_} https://a.example/<{flat}",
                f"<!-- x\n\n{p}\n\n-->",
                f"<div>\n\n</div {p}",
                f"<p\n\ntitle='{p}'>",
            ]
        )  # fmt: skip

    def line(self) -> str:
        """Something hostile on one line, for a title or a value."""
        n, run = self.number, self.call()
        p = " ".join(self.html().replace("\x00", "").split())
        return self.pick(
            [
                p, p,
                f'">{p}',
                f"'>{p}",
                f"</title>{p}",
                f"</script>{p}",
                f"-->{p}",
                f"]]>{p}",
                escape(p),
                escape(escape(p)),
                escape(f"</title>{p}"),
                f'" {self.pick(EVENTS)}="{run}" x="',
                f"' autofocus onfocus='{run}' x='",
                f"x onmouseover={run} y=",
                self.address().replace("\n", ""),
                f"{{{{ '{p}' }}}}",
                f"{{% raw %}}{p}{{% endraw %}}",
                f"`{p}`",
                f"*x*{{: onclick={run} }}",
                f"[x](javascript:{run})",
                f"\\u003cscript\\u003e{run}\\u003c/script\\u003e",
                f"</p></div></article>{p}",
                f"0;url=javascript:{run}",
                f"\u2028{p}",
                f"<script src=n.txt?{n}></script>",
            ]
        )  # fmt: skip

    # Front matter.

    def value(self, depth: int = 0) -> str:
        if depth < 2 and self.chance(0.2):
            return "[" + ", ".join(self.value(depth + 1) for _ in range(2)) + "]"
        if depth < 2 and self.chance(0.2):
            pairs = (f"{self.key()}: {self.value(depth + 1)}" for _ in range(2))
            return "{" + ", ".join(pairs) + "}"
        return json.dumps(self.line(), ensure_ascii=self.chance(0.5))

    def key(self) -> str:
        draw = self.random.random()
        if draw < 0.8:
            return self.pick(KEYS)
        if draw < 0.9:
            return json.dumps(self.line())
        return json.dumps(
            self.pick(KEYS) + self.pick(["\n---\n\n", "\n", "\r", ": x\n"]) + self.line()
        )

    def front(self) -> str:
        keys = dict.fromkeys(self.key() for _ in range(self.random.randint(1, 3)))
        known = {"template": "main.html", "status": "new", "search": "{exclude: true}"}
        lines = []
        for key in keys:
            value = known[key] if key in known and self.chance(0.3) else self.value()
            lines.append(f"{key}: {value}\n")
        body = "".join(lines)
        draw = self.random.random()
        if draw < 0.8:
            return f"---\n{body}---\n"
        if draw < 0.9:  # as MultiMarkdown writes it
            return "".join(f"{key}: {self.line()}\n" for key in keys) + "\n"
        return f"---\ntitle: x\n---\n---\n{body}---\n"

    # Names.

    def name(self) -> str:
        """The name of a folder or file; a slash in it makes two."""
        n, run = self.number, self.call()
        found = self.pick(
            [
                f'a"><script src=n.txt?{n}>',
                f"<script src=n.txt?{n}>",
                f"<img src=x onerror={run}>",
                f'" onmouseover="{run}',
                f"' onmouseover='{run}",
                'p x="',
                f"a' autofocus onfocus={run} x='",
                f"&quot;&gt;&lt;img src=x onerror={run}&gt;",
                f"%22%3E%3Cimg src=x onerror={run}%3E",
                f"%00<img src=x onerror={run}>",
                f"javascript:{run}",
                f"javascript&colon;{run}",
                f"a\n<img src=x onerror={run}>",
                f"a\n\n<script>{run}",
                f"a\r{run}",
                f"a\t{run}",
                f"\u2028<img src=x onerror={run}>",
                f"[x](javascript:{run})",
                f"`<img src=x onerror={run}>`",
                f"{{{{ {run} }}}}",
                f"a]({run})",
                "\\\"><svg onload=" + run + ">",
                f"//{EVIL}",
                f"a?<svg onload={run}>",
                f"a#<svg onload={run}>",
                "data:text,html",
                "\x01<svg onload=" + run + ">",
                self.line(),
            ]
        )  # fmt: skip
        return found.replace("\x00", "")[:80].strip("./ ") or "x"

    # Published files.

    def svg(self) -> str:
        n, run, file = self.number, self.call(), self.script_file()
        ns = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
        h = 'xmlns="http://www.w3.org/1999/xhtml"'
        url = f"javascript:ran({n})"
        box = '<rect width="90" height="90"/>'
        inner = self.pick(
            [
                f"<script>{run}</script>",
                f"<script><![CDATA[{run}]]></script>",
                f'<script href="{file}"/>',
                f'<script xlink:href="{file}"/>',
                f'<s:script xmlns:s="http://www.w3.org/2000/svg">{run}</s:script>',
                f"<h:script xmlns:h='http://www.w3.org/1999/xhtml'>{run}</h:script>",
                f'<foreignObject width="9" height="9"><script {h}>{run}</script></foreignObject>',
                f'<foreignObject><iframe {h} src="javascript:parent.ran({n})"/></foreignObject>',
                f'<foreignObject><body {h} onload="{run}"/></foreignObject>',
                f'<foreignObject><img {h} src="x" onerror="{run}"/></foreignObject>',
                f'<foreignObject><base {h} href="//{EVIL}/"/></foreignObject>',
                f'<a href="{url}">{box}</a>',
                f'<a xlink:href="{url}">{box}</a>',
                f'<a xlink:href="java&#9;script:ran({n})">{box}</a>',
                f'<a>{box}<animate attributeName="href" values="{url}"/></a>',
                f'<a>{box}<set attributeName="xlink:href" to="{url}"/></a>',
                f'<set attributeName="onclick" to="{run}"/>',
                f'<animate attributeName="x" dur="1s" onbegin="{run}"/>',
                f'<image href="x" onerror="{run}"/>',
                f'<image href="//{EVIL}/{n}" width="9" height="9"/>',
                f'<use href="data:image/svg+xml;base64,{n}#x"/>',
                f"<style>@import url(//{EVIL}/{n});</style>",
                f'<rect style="fill:url(//{EVIL}/{n}#a)" width="9" height="9"/>',
                f'<rect width="9" height="9" {self.pick(EVENTS)}="{run}"/>',
                f'<handler type="text/javascript">{run}</handler>',
                f'<feImage href="//{EVIL}/{n}"/>',
                f"<!-- --><script>{run}</script><!-- -->",
                f"<title><script>{run}</script></title>",
                f"<metadata><script>{run}</script></metadata>",
                f"<defs><g><script>{run}</script></g></defs>",
                f"<switch><script>{run}</script></switch>",
                f'<x:x xmlns:x="urn:x"><script>{run}</script></x:x>',
            ]
        )  # fmt: skip
        own = self.pick(["", "", "", f' onload="{run}"', f' onfocusin="{run}"', f" ONLOAD='{run}'"])
        head = self.pick(
            [""] * 6
            + [
                '<?xml version="1.0"?>',
                '<?xml version="1.0" standalone="no"?>',
                f'<?xml-stylesheet href="//{EVIL}/{n}"?>',
                f'<?xml-stylesheet type="text/xsl" href="{file}"?>',
                "\ufeff",
                "\n\n",
            ]
        )
        if self.chance(0.1):
            entity = escape(inner, quote=True).replace("&", "&#38;")
            doctype = f'<!DOCTYPE svg [<!ENTITY e "{entity}"><!ENTITY b "{escape(inner)}">]>'
            return f"{head}{doctype}<svg {ns}>&e;&b;</svg>"
        if self.chance(0.05):
            return f"{head}<s:svg xmlns:s='http://www.w3.org/2000/svg' onload='{run}'/>"
        if self.chance(0.05):
            return f"{head}<html {h}><script>{run}</script></html>"
        if self.chance(0.05):
            return f"{head}<!DOCTYPE svg [<!ATTLIST svg onload CDATA '{run}'>]><svg {ns}/>"
        return f"{head}<svg {ns}{own}>{box}{inner if own == '' else ''}</svg>"

    def svg_bytes(self) -> bytes:
        text = self.svg()
        draw = self.random.random()
        if draw < 0.04 and not text.startswith(("\ufeff", "<?xml ")):
            return text.encode("utf-16")
        if draw < 0.06 and not text.startswith(("\ufeff", "<?xml")):
            return ('<?xml version="1.0" encoding="UTF-16BE"?>' + text).encode("utf-16-be")
        if draw < 0.08 and not text.startswith(("\ufeff", "<?xml")):
            head = '<?xml version="1.0" encoding="UTF-7"?>'
            return head.encode() + text.replace("<", "+ADw-").encode()
        return text.encode()

    def published(self) -> bytes:
        """A file that is a page or a script to a browser."""
        run, n = self.call(), self.number
        return self.pick(
            [
                f"<!doctype html><title>x</title><script>{run}</script>",
                f"<html><body onload={run}>x",
                f'<html xmlns="http://www.w3.org/1999/xhtml"><script>{run}</script></html>',
                f'<x><s:script xmlns:s="http://www.w3.org/1999/xhtml">{run}</s:script></x>',
                f'<?xml-stylesheet type="text/xsl" href="#x"?><x id="x">{run}</x>',
                f"top.ran({n});",
                self.svg(),
            ]
        ).encode()


# Cases.


def page(grammar: Grammar, number: int) -> Case:
    quiet = grammar.chance(0.6)
    draw = grammar.tame if quiet else grammar.markdown
    pieces = [draw() for _ in range(grammar.random.choice([1, 2, 3] if quiet else [1, 1, 1, 2]))]

    def make(number: int, pieces: list[str]) -> Case:
        text = "\n\n".join(pieces)
        return Case(number, "page", {f"content/z{number}z.md": text.encode()}, pieces, make)

    return make(number, pieces)


def front_matter(grammar: Grammar, number: int) -> Case:
    front = grammar.front()
    body = grammar.markdown() if grammar.chance(0.3) else "# Page\n\nText."
    text = f"{front}{body}\n"
    return Case(number, "front matter", {f"content/z{number}z.md": text.encode()}, [front, body])


def event(grammar: Grammar, number: int) -> Case:
    def said() -> str:
        return json.dumps(grammar.line(), ensure_ascii=False)

    address = json.dumps(grammar.pick([grammar.address(), f"https://a.example/{grammar.line()}"]))
    optional = {
        "summary": said(),
        "online": address,
        "registration": f"{{url: {address}}}",
        "replay": f"{{video: {address}, duration: 52 min, chapters: "
        f"[{{at: '0:00', title: {said()}}}]}}",
        "exception": said(),
        "image": f"{{src: {said()}, alt: {said()}}}",
        "aliases": f"[{said()}]",
        "place": "salle",
        grammar.key(): grammar.value(),
    }
    keys = grammar.random.sample(list(optional), grammar.random.randint(0, 2))
    folder = grammar.pick(["webinars", "webinars", "voyages"])
    pieces = [grammar.markdown() for _ in range(grammar.random.choice([1, 1, 2]))]
    title = said() if grammar.chance(0.4) else f"Title {number}"
    when = grammar.pick(["2026-12-03 12:30", "2026-01-08 12:30", "2026-11-26 09:00"])
    if folder == "voyages":
        when = "2026-12-03\nend: 2026-12-04"
    front = f"title: {title}\nstart: {when}\n" + "".join(f"{k}: {optional[k]}\n" for k in keys)
    if folder == "voyages" and grammar.chance(0.5):
        front += f"stops:\n  - {{id: a, title: {said()}, description: {json.dumps(pieces[0])}}}\n"

    def make(number: int, pieces: list[str]) -> Case:
        text = f"---\n{front}---\n" + "\n\n".join(pieces)
        return Case(number, "event", {f"{folder}/z{number}z.md": text.encode()}, pieces, make)

    return make(number, pieces)


def named(grammar: Grammar, number: int) -> Case:
    folder, name = grammar.name(), grammar.name()
    linked = grammar.pick(["text.txt", "photo.png", "a.pdf", name.replace("/", "") + ".txt"])
    parts = [
        part for part in f"content/z{number}z/{folder}".split("/") if part not in {"", ".", ".."}
    ]
    place = "/".join(part.encode()[:200].decode(errors="ignore") for part in parts)
    text = f"# Page\n\n[x](<{linked}>) ![x](<{linked}>)\n"
    kind = grammar.pick(["folder", "file", "both", "asset", "event"])
    stem = name.replace("/", "")
    if kind == "event":
        return Case(number, "name", {f"webinars/z{number}z{stem}.md": (
            b"---\ntitle: x\nstart: 2026-12-03 12:30\n---\n" + text.encode()
        ), f"webinars/{linked}": b"text"})  # fmt: skip
    own = "index" if kind == "folder" else stem
    return Case(number, "name", {f"{place}/{own}.md": text.encode(), f"{place}/{linked}": b"text"})


def drawing(grammar: Grammar, number: int) -> Case:
    data = grammar.svg_bytes()
    suffix = grammar.pick([".svg"] * 8 + [".SVG", ".svgz", ".png", ".xml"])
    if suffix == ".svgz" and grammar.chance(0.5):
        data = gzip.compress(data, mtime=0)
    name = f"z{number}z{suffix}"
    files = {f"content/{name}": data}
    if grammar.chance(0.6):
        files[f"content/z{number}z.md"] = f"# Page\n\n![x]({name})\n\n[x]({name})\n".encode()
    elif grammar.chance(0.3):
        files = {
            f"webinars/z{number}z/index.md": (
                f"---\ntitle: x\nstart: 2026-12-03 12:30\n---\n![x]({name}) [x]({name})\n".encode()
            ),
            f"webinars/z{number}z/{name}": data,
        }
    return Case(number, "svg", files, [data.decode("latin-1")])


def suffixed(grammar: Grammar, number: int) -> Case:
    text = (grammar.front() if grammar.chance(0.3) else "") + grammar.markdown()
    path = f"content/z{number}z{grammar.pick(SUFFIXES)}"
    return Case(number, "suffix", {path: text.encode()}, [text])


def published(grammar: Grammar, number: int) -> Case:
    data = grammar.published()
    return Case(number, "published", {f"content/z{number}z{grammar.pick(PUBLISHED)}": data})


def taken(grammar: Grammar, number: int) -> Case:
    data = f"top.ran({number});".encode() if grammar.chance(0.6) else grammar.published()
    return Case(number, "taken", {f"content/{grammar.pick(TAKEN)}": data})


def entity(grammar: Grammar, number: int) -> Case:
    folder = grammar.pick(list(ENTITIES))
    one = f"z{number}z"
    lines = [f"name: {json.dumps(grammar.line(), ensure_ascii=False)}\n"]
    for key in ENTITIES[folder]:
        value = grammar.address() if key == "url" else grammar.line()
        if grammar.chance(0.6) or key == "consent":
            lines.append(f"{key}: {json.dumps(value, ensure_ascii=False)}\n")
    field_ = {
        "themes": "themes",
        "organisations": "hosts",
        "people": "speakers",
        "places": "place",
        "territories": "territories",
    }[folder]
    used = one if field_ == "place" else f"[{one}]"
    text = f"---\ntitle: x\nstart: 2026-12-03 12:30\n{field_}: {used}\n---\nText.\n"
    return Case(
        number,
        "entity",
        {
            f"content/data/{folder}/{one}.yml": "".join(lines).encode(),
            f"webinars/{one}.md": text.encode(),
        },
        lines,
    )


def recording(grammar: Grammar, number: int) -> Case:
    """A replay with captions, a transcript, chapters and files beside it."""

    def said() -> str:
        return json.dumps(grammar.line(), ensure_ascii=False)

    folder = f"webinars/z{number}z"
    pieces = [" ".join(grammar.html().split()) for _ in range(2)]
    captions = (
        f"WEBVTT\n\n00:01.000 --> 00:02.000\n<v {grammar.line()[:60]}>{pieces[0]}\n\n"
        f"00:03.000 --> 00:04.000\n{pieces[1]}\n"
    )
    kept = "transcript: t.txt" if grammar.chance(0.3) else "captions: t.vtt"
    front = (
        "title: Title\nstart: 2026-01-08 12:30\nreplay:\n"
        f"  video: https://video.example/x\n  {kept}\n"
        f"  duration: 52 min\n  chapters:\n    - {{at: '0:01', title: {said()}}}\n"
    )
    if grammar.chance(0.5):
        front += "  slides: a.pdf\n"
    files = {
        f"{folder}/index.md": f"---\n{front}---\nText.\n",
        f"{folder}/t.vtt": captions,
        f"{folder}/t.txt": "\n\n".join(pieces),
        f"{folder}/a.pdf": "%PDF-1.4\n" + pieces[0],
    }
    return Case(number, "recording", {name: text.encode() for name, text in files.items()}, pieces)


def course(grammar: Grammar, number: int) -> Case:
    def said() -> str:
        return json.dumps(grammar.line(), ensure_ascii=False)

    folder = f"content/mooc/z{number}z"
    title = said() if grammar.chance(0.5) else "Course"
    url = json.dumps(grammar.address())
    extra = grammar.pick(
        ["", f"summary: {said()}\n", f"url: {url}\n", f"registration: {{url: {url}}}\n"]
    )
    session = said() if grammar.chance(0.5) else "Session"
    files = {
        f"{folder}/index.md": f"---\ntitle: {title}\n{extra}---\n{grammar.tame()}\n",
        f"{folder}/one.md": f"---\ntitle: {session}\nstart: {WHEN}\n---\n{grammar.tame()}\n",
    }
    return Case(number, "course", {name: text.encode() for name, text in files.items()})


def post(grammar: Grammar, number: int) -> Case:
    title = json.dumps(grammar.line(), ensure_ascii=False)
    body = grammar.tame() if grammar.chance(0.5) else grammar.markdown()
    text = f"---\ntitle: {title}\ndate: 2026-11-01\n---\n{body}\n"
    return Case(number, "post", {f"content/actualites/z{number}z.md": text.encode()}, [title, body])


def notice(grammar: Grammar, number: int) -> Case:
    def said() -> str:
        return json.dumps(grammar.line(), ensure_ascii=False)

    name, text = grammar.random.choice(
        [
            ("publisher", f"name: {said()}\naddress: {said()}\ndirector: {said()}\n"),
            (
                "accessibility",
                f"entity: {said()}\ndrawn_up: 2026-11-24\nnonconformities: [{said()}]\n"
                f"technologies: [{said()}]\ncontact_url: {json.dumps(grammar.address())}\n",
            ),
        ]
    )
    return Case(number, "notice", {f"content/data/{name}.yml": text.encode()})


SORTS: list[tuple[float, Callable[[Grammar, int], Case]]] = [
    (50, page),
    (14, front_matter),
    (14, event),
    (7, named),
    (7, drawing),
    (2, suffixed),
    (2, published),
    (0.3, taken),
    (4, entity),
    (2, recording),
    (2, course),
    (2, post),
    (0.3, notice),
]


def cases(count: int, seed: int) -> list[Case]:
    """The same cases for the same seed; each by a random generator of its own."""
    weights = [weight for weight, _ in SORTS]
    found = []
    for number in range(1, count + 1):
        random = Random(f"{seed}/{number}")
        ((_, sort),) = random.choices(SORTS, weights)
        found.append(sort(Grammar(random, number), number))
    return found
