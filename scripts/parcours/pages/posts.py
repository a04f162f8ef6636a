"""The page of a post, and the page of all of them."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from ..model.community import Post
from .events import safe
from .frontmatter import FeedLink, write_page
from .jsonld import post_json, to_script
from .sharing import shared, shared_image
from .view import Library, View


def post_page(
    post: Post,
    library: Library,
    feeds: Sequence[FeedLink],
    neighbours: tuple[Post | None, Post | None],
) -> str:
    """The Markdown page of a post.

    Args:
        neighbours: the posts before and after it in time.
    """
    view = View(library, post.address)
    summary = library.summary(post)
    markup = view.render(
        "post.html",
        post=post,
        body=safe(library.prose(post.body), view),
        older=neighbours[0],
        newer=neighbours[1],
        jsonld=Markup(
            to_script(post_json(post, view.settings, summary, shared_image(post, library)))
        ),
    )
    return write_page(
        markup,
        title=view.words(post.title),
        description=view.words(summary),
        feeds=feeds,
        extra=shared(post, library),
    )
