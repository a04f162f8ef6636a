"""QR codes."""

from __future__ import annotations

import segno
from markupsafe import Markup

QR_MASK = 4
"""One of the eight patterns of ISO/IEC 18004, all of which can be read: trying each for the most
even one takes four times as long, and an eighth of a build."""


def qr_code(text: str) -> Markup:
    """A QR code (ISO/IEC 18004) as an SVG element, dark on light whatever the page's colours."""
    code = segno.make_qr(text, error="m", mask=QR_MASK)
    drawn = code.svg_inline(
        border=4, dark="#000", light="#fff", omitsize=True, svgclass=None, lineclass=None
    )
    return Markup(drawn)
