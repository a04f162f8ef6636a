"""Pictures that somebody took: what is published of them, and what is not."""

from __future__ import annotations

import base64
import io
import json
import struct
import unicodedata
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from random import Random

import pytest
from lxml import html
from PIL import Image, ImageCms, ImageSequence, PngImagePlugin
from playwright.sync_api import Browser

from parcours import scaling
from parcours.engine.weighing import assets
from parcours.model.rasters import WIDEST, WIDTHS, Raster
from parcours.pages.pictures import framed
from parcours.problems import Mark, Problems
from parcours.scaling import Source, draw, scaled
from parcours.sources.bare import Broken, bare
from parcours.sources.images import DAMAGE, MOST, NEEDED, read_raster
from parcours.store import NoStore

from .conftest import FRENCH, Site
from .serving import serving

SECRET = "Secret, 48.8566 N"
RED, GREEN, BLUE, WHITE = (250, 10, 10), (10, 250, 10), (10, 10, 250), (250, 250, 250)
QUARTERS = (RED, GREEN, BLUE, WHITE)
Lines = Callable[[], list[str]]


def quarters(size: tuple[int, int] = (32, 16)) -> Image.Image:
    """Red and green above, blue and white below: shows how it is turned."""
    image = Image.new("RGB", (2, 2))
    for n, color in enumerate(QUARTERS):
        image.putpixel((n % 2, n // 2), color)
    return image.resize(size, Image.Resampling.NEAREST)


def distance(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    return max(abs(a - b) for a, b in zip(one[:3], other[:3], strict=True))


def corners(image: Image.Image) -> tuple[tuple[int, int, int], ...]:
    """The colours of the four quarters, each as the nearest of those that are drawn."""
    rgb, (width, height) = image.convert("RGB"), image.size
    found = []
    for n in range(4):
        place = (width * (1 + 2 * (n % 2)) // 4, height * (1 + 2 * (n // 2)) // 4)
        pixel = rgb.getpixel(place)
        assert isinstance(pixel, tuple)
        found.append(min(QUARTERS, key=partial(distance, pixel)))
    return tuple(found)


def noise(size: tuple[int, int], seed: int = 1) -> Image.Image:
    return Image.frombytes("RGB", size, Random(seed).randbytes(3 * size[0] * size[1]))


def exif(turned: int = 1) -> Image.Exif:
    found = Image.Exif()
    found[0x0112] = turned
    found[0x010E] = SECRET
    found.get_ifd(0x8825).update({1: "N", 2: (48.0, 51.0, 24.0), 3: "E", 4: (2.0, 21.0, 3.0)})
    return found


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def raster(site: Site, data: bytes, name: str = "a.jpg") -> Raster:
    """What the head of a picture says."""
    site.write(name, data)
    problems = Problems()
    found = read_raster(site.root, name, Mark(name), problems)
    assert found is not None, [one.code for one in problems.sorted()]
    return found


def published(site: Site, data: bytes, width: int = 0) -> bytes:
    return draw(raster(site, data), data, width)


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def told(image: Image.Image) -> dict[str, bytes]:
    """A picture in each kind, with all that it can tell beside itself."""
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", SECRET)
    text.add_itxt("XML:com.adobe.xmp", f"<x>{SECRET}</x>")
    text.add_text("Zip", SECRET, zip=True)
    xmp, facts = f"<x>{SECRET}</x>".encode(), exif()
    jpeg = saved(image, "JPEG", exif=facts, xmp=xmp, comment=SECRET, quality=90)
    iptc = b"Photoshop 3.0\0" + SECRET.encode()
    jpeg = jpeg[:2] + b"\xff\xed" + struct.pack(">H", len(iptc) + 2) + iptc + jpeg[2:]
    # Telephones put a second picture behind the first.
    jpeg += saved(image, "JPEG", exif=facts)
    return {
        "JPEG": jpeg,
        "PNG": saved(image, "PNG", pnginfo=text, exif=facts) + SECRET.encode(),
        "WEBP": saved(image, "WEBP", exif=facts, xmp=xmp, quality=90),
        "AVIF": saved(image, "AVIF", exif=facts, xmp=xmp),
        "GIF": saved(image, "GIF", comment=SECRET.encode()),
        "TIFF": saved(image, "TIFF", exif=facts),
    }


@pytest.mark.parametrize("size", [(32, 16), (WIDEST + 20, 40)], ids=["small", "large"])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "GIF", "TIFF"])
def test_nothing_is_told_beside_the_picture(site: Site, kind: str, size: tuple[int, int]) -> None:
    source = told(quarters(size))[kind]
    assert SECRET.encode() in source
    found = raster(site, source)
    for width in (0, *found.widths):
        data = draw(found, source, width)
        image = opened(data)
        assert image.format == ("WEBP" if width else kind)
        assert image.size == (found.box(width) if width else found.own)
        assert corners(image) == QUARTERS
        for word in (SECRET.encode(), b"Exif", b"Photoshop", b"xmp", b"XMP", b"tEXt", b"zTXt"):
            assert word not in data
        if kind != "TIFF" or width:
            assert dict(image.getexif()) == {}
        else:
            assert not {0x010E, 0x8825} & set(image.getexif())


TURNS = {
    1: (RED, GREEN, BLUE, WHITE),
    2: (GREEN, RED, WHITE, BLUE),
    3: (WHITE, BLUE, GREEN, RED),
    4: (BLUE, WHITE, RED, GREEN),
    5: (RED, BLUE, GREEN, WHITE),
    6: (BLUE, RED, WHITE, GREEN),
    7: (WHITE, GREEN, BLUE, RED),
    8: (GREEN, WHITE, RED, BLUE),
}
"""What each orientation makes of the quarters as they are written (Exif 2.32, 4.6.4)."""


@pytest.mark.large
@pytest.mark.parametrize("turned", TURNS)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF"])
def test_a_picture_stands_upright(site: Site, kind: str, turned: int) -> None:
    source = saved(quarters((600, 200)), kind, exif=exif(turned))
    found = raster(site, source)
    size = (600, 200) if turned < 5 else (200, 600)
    assert (found.width, found.height) == size
    image = opened(draw(found, source, 0))
    assert (image.size, corners(image)) == (size, TURNS[turned])
    for width in found.widths:
        image = opened(draw(found, source, width))
        assert (image.size, corners(image)) == (found.box(width), TURNS[turned])


Mode = tuple[str, str, Image.Image, dict[str, object]]


def modes() -> Iterator[Mode]:
    """Pictures in every mode that files of their kind have."""
    image = quarters((WIDEST + 20, 40))
    clear = image.convert("RGBA")
    clear.putalpha(Image.new("L", image.size, 128))
    yield "grey JPEG", "JPEG", image.convert("L"), {}
    yield "CMYK JPEG", "JPEG", image.convert("CMYK"), {}
    yield "progressive JPEG", "JPEG", image, {"progressive": True}
    for mode in ("1", "L", "LA", "P", "RGB", "RGBA"):
        source = clear if mode in {"LA", "RGBA"} else image
        yield f"{mode} PNG", "PNG", source.convert(mode), {}
    yield "16-bit PNG", "PNG", image.convert("I;16"), {}
    yield "P PNG that lets through", "PNG", image.convert("P"), {"transparency": 0}
    yield "RGB PNG that lets through", "PNG", image, {"transparency": RED}
    yield "RGBA WebP", "WEBP", clear, {}
    yield "WebP without loss", "WEBP", clear, {"lossless": True}
    yield "RGBA AVIF", "AVIF", clear, {}
    yield "GIF that lets through", "GIF", image.convert("P"), {"transparency": 0}
    yield "BMP", "BMP", image, {}
    yield "TIFF of CMYK", "TIFF", image.convert("CMYK"), {}


def image_of_8_bits(image: Image.Image) -> Image.Image:
    data = image.tobytes()[1::2]  # the upper half of each number
    return Image.frombytes("L", image.size, data)


@pytest.mark.large
@pytest.mark.parametrize("mode", tuple(modes()), ids=lambda mode: mode[0])
def test_every_mode_is_scaled(site: Site, mode: Mode) -> None:
    _, kind, image, options = mode
    source = saved(image, kind, **options)
    found = raster(site, source)
    assert found.widths == WIDTHS
    wanted = opened(source)
    if wanted.mode.startswith("I"):
        wanted = image_of_8_bits(wanted)
    before = wanted.convert("RGBA").resize((80, 4), Image.Resampling.BOX)
    for width in (0, *found.widths):
        after = opened(draw(found, source, width))
        assert after.mode in {"L", "LA", "P", "RGB", "RGBA"} or not width
        small = after.convert("RGBA").resize((80, 4), Image.Resampling.BOX)
        for place in ((10, 0), (70, 0), (10, 3), (70, 3)):
            old, new = before.getpixel(place), small.getpixel(place)
            assert isinstance(old, tuple)
            assert isinstance(new, tuple)
            assert abs(old[3] - new[3]) <= 12
            if old[3]:
                assert max(abs(a - b) for a, b in zip(old, new, strict=True)) <= 40, (place, width)


def test_grey_of_16_bits_is_no_black_and_white(site: Site) -> None:
    image = Image.new("I;16", (WIDEST * 2, 4), 0x8000)
    assert opened(published(site, saved(image, "PNG"))).convert("L").getpixel((9, 1)) == 128


def swapped() -> bytes:
    """A profile of colours (ICC.1) in which what is written as red is blue."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = int.from_bytes(data[128:132], "big")
    tags = {bytes(data[at : at + 4]): at + 4 for at in range(132, 132 + 12 * count, 12)}
    red, blue = tags[b"rXYZ"], tags[b"bXYZ"]
    data[red : red + 8], data[blue : blue + 8] = data[blue : blue + 8], data[red : red + 8]
    return bytes(data)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF"])
def test_colours_are_those_of_the_web(site: Site, kind: str) -> None:
    image = quarters((WIDEST + 9, 80))
    for profile, seen in ((swapped(), (BLUE, GREEN, RED, WHITE)), (b"no profile", QUARTERS)):
        source = saved(image, kind, icc_profile=profile)
        found = raster(site, source)
        for width in (0, 480):
            after = opened(draw(found, source, width))
            assert corners(after) == seen
            assert "icc_profile" not in after.info


def test_what_moves_keeps_moving(site: Site) -> None:
    frames = [quarters(), quarters().rotate(180), Image.new("RGB", (32, 16), BLUE)]
    more = {"save_all": True, "append_images": frames[1:], "duration": [40, 80, 120], "loop": 0}
    sources = {
        "GIF": saved(frames[0], "GIF", comment=SECRET.encode(), **more),
        "WEBP": saved(frames[0], "WEBP", exif=exif(), **more),
        "PNG": saved(frames[0], "PNG", exif=exif(), **more),
    }
    for kind, source in sources.items():
        found = raster(site, source)
        assert (found.moving, found.widths) == (True, ())
        data = draw(found, source, 0)
        assert SECRET.encode() not in data
        before, after = Image.open(io.BytesIO(source)), Image.open(io.BytesIO(data))
        pairs = zip(ImageSequence.Iterator(before), ImageSequence.Iterator(after), strict=True)
        for old, new in pairs:
            assert old.convert("RGBA").tobytes() == new.convert("RGBA").tobytes()
            assert old.info.get("duration") == new.info.get("duration"), kind
        assert before.info.get("loop") == after.info.get("loop")


@pytest.mark.large
def test_a_moving_avif_says_that_it_is_stilled(site: Site, lines: Lines) -> None:
    frames = [quarters(), quarters().rotate(180)]
    site.write("content/a.avif", saved(frames[0], "AVIF", save_all=True, append_images=frames[1:]))
    out = site.build()
    assert [
        x
        for x in warnings(site, lines)
        if x.startswith("content/a.avif:1:1: warning[stilled-picture]")
    ]
    assert corners(opened((out / "a.avif").read_bytes())) == QUARTERS


def test_a_document_of_pages_keeps_them(site: Site) -> None:
    pages = [quarters(), Image.new("L", (10, 20), 7)]
    source = saved(pages[0], "TIFF", save_all=True, append_images=pages[1:], exif=exif())
    image = Image.open(io.BytesIO(published(site, source)))
    assert [page.size for page in ImageSequence.Iterator(image)] == [(32, 16), (10, 20)]


@pytest.mark.large
def test_a_document_of_too_many_pages_or_pixels_is_refused(site: Site) -> None:
    for size, count in (((1, 1), 201), ((2500, 2500), 8)):
        pages = [Image.new("1", size)] * count
        options = {"save_all": True, "append_images": pages[1:], "compression": "group4"}
        site.write("a.tif", saved(pages[0], "TIFF", **options))
        problems = Problems()
        assert read_raster(site.root, "a.tif", Mark("a.tif"), problems) is None
        assert [one.code for one in problems.sorted()] == ["too-many-pixels"]


def test_of_several_pictures_in_a_jpeg_the_first_is_shown(site: Site) -> None:
    images = [quarters((600, 30)), Image.new("RGB", (600, 30))]
    source = saved(images[0], "MPO", save_all=True, append_images=images[1:], exif=exif())
    found = raster(site, source)
    assert (found.kind, found.moving) == ("JPEG", False)
    data = draw(found, source, 0)
    assert opened(data).format == "JPEG"
    assert corners(opened(data)) == QUARTERS
    assert b"MPF" not in data
    assert SECRET.encode() not in data
    # Others put a whole film behind it.
    site.write("b.jpg", source + bytes(100_000))
    assert read_raster(site.root, "b.jpg", Mark("b.jpg"), Problems()) is not None


def test_what_needs_nothing_keeps_its_pixels_and_its_size(site: Site) -> None:
    image = noise((200, 100))
    small = saved(image, "JPEG", quality=30, exif=exif())
    kept = opened(published(site, small))
    assert kept.tobytes() == opened(small).tobytes()
    palette = saved(image.quantize(8), "PNG", exif=exif())
    assert opened(published(site, palette)).tobytes() == opened(palette).tobytes()
    for kind, options in (("JPEG", {"quality": 30}), ("PNG", {"optimize": True}), ("WEBP", {})):
        source = saved(image, kind, **options)
        assert len(published(site, source)) <= len(source)
        assert raster(site, source).widths == ()


@pytest.mark.large
def test_a_picture_of_a_telephone_is_light(site: Site) -> None:
    source = saved(noise((300, 200)).resize((2100, 1800)), "JPEG", quality=97, exif=exif(6))
    found = raster(site, source)
    assert (found.width, found.height, found.widths) == (1800, 2100, WIDTHS)
    sizes = [len(draw(found, source, width)) for width in (0, *WIDTHS)]
    assert max(sizes) < len(source) / 2
    assert sizes[1] < sizes[2] < sizes[3] < sizes[4]


@pytest.mark.large
def test_the_same_octets_give_the_same_octets(site: Site) -> None:
    for kind, source in told(quarters((900, 60))).items():
        found = raster(site, source)
        for width in (0, *found.widths):
            assert draw(found, source, width) == draw(found, source, width), kind


@pytest.mark.large
def test_extreme_shapes_have_a_width_and_a_height(site: Site) -> None:
    for size in ((30_000, 1), (1, 30_000), (900, 17_000), (1, 1)):
        source = saved(Image.new("L", size), "PNG")
        found = raster(site, source)
        assert opened(draw(found, source, 0)).size == found.own
        for width in found.widths:
            assert opened(draw(found, source, width)).size == found.box(width)


# Damage.


@pytest.mark.large
def test_damage_leads_to_no_other_error(site: Site) -> None:
    chance = Random(11)
    for kind, whole in told(quarters((40, 30))).items():
        for n in range(150):
            data = bytearray(whole[: chance.randrange(len(whole))] if n % 3 == 0 else whole)
            for _ in range(n % 5):
                if data:
                    data[chance.randrange(len(data))] = chance.randrange(256)
            with suppress(Broken):
                bare(kind, bytes(data))
            for width in (0, 20):
                with suppress(Broken):
                    assert draw(Raster("a", kind, 40, 30), bytes(data), width)


@pytest.mark.parametrize("error", DAMAGE)
def test_whatever_reading_raises_is_damage(
    site: Site, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def load(image: Image.Image) -> None:
        raise error("x")

    source = saved(quarters(), "PNG")
    found = raster(site, source)
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", load)
    for width in (0, 20):
        with pytest.raises(Broken):
            draw(found, source, width)


@pytest.mark.large
@pytest.mark.parametrize("error", [MemoryError, AttributeError, TypeError, ValueError])
@pytest.mark.parametrize("step", ["_plain", "_in_srgb", "_written", "bare"])
def test_a_fault_of_ours_is_no_damage(
    site: Site,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: type[Exception],
    step: str,
) -> None:
    def fail(*_: object) -> None:
        raise error("x")

    site.write("content/a.png", saved(quarters(), "PNG"))
    monkeypatch.setattr(scaling, step, fail)
    assert site.run("build") == 1
    told = capsys.readouterr().err
    assert f"content/a.png : ceci est un défaut de Parcours ({error.__name__}: x)" in told
    assert "broken-picture" not in told
    assert not (site.root / "site").exists()


@pytest.mark.large
def test_a_picture_for_which_there_is_no_memory_is_no_damage(
    site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise MemoryError

    site.write("content/a.png", saved(quarters(), "PNG"))
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", fail)
    assert site.run("build") == 1
    assert "content/a.png : ceci est un défaut de Parcours (MemoryError" in capsys.readouterr().err
    monkeypatch.setattr("PIL.Image.open", fail)
    assert site.run("check") == 1
    assert "content/a.png : ceci est un défaut de Parcours (MemoryError" in capsys.readouterr().err


def warnings(site: Site, lines: Lines) -> list[str]:
    lines()
    assert site.run("check") == 0
    return lines()


@pytest.mark.large
def test_a_picture_that_breaks_off_is_told_and_shows_nothing(
    site: Site, lines: Lines, capsys: pytest.CaptureFixture[str]
) -> None:
    for kind, source in told(noise((90, 90))).items():
        if kind in {"JPEG", "PNG"}:
            site.write(f"content/a.{kind.lower()}", source.split(SECRET.encode())[0])
            half = saved(noise((90, 90)), kind)
            site.write(f"content/b.{kind.lower()}", half[: len(half) // 2])
    site.write("content/c.webp", saved(noise((90, 90)), "WEBP")[:900])
    site.write("content/p.md", "# P\n\n![x](b.jpeg)\n")
    found = warnings(site, lines)
    for name in ("a.jpeg", "b.jpeg", "a.png", "b.png", "c.webp"):
        assert [x for x in found if x.startswith(f"content/{name}:1:1: warning[broken-picture]")]
    out = site.build()
    assert {(out / name).read_bytes() for name in ("b.jpeg", "b.png", "c.webp")} == {b""}
    assert "<picture" not in (out / "p/index.html").read_text()


@pytest.mark.large
def test_damage_that_the_head_hides_is_told_when_it_is_drawn(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 600, 90, 8, 2, 0, 0, 0))
    data = chunk(b"IDAT", zlib.compress(bytes(500))) + chunk(b"IEND", b"")
    site.write("webinars/x/a.png", b"\x89PNG\r\n\x1a\n" + head + data)
    front = "title: T\nstart: 2026-12-03 12:30\nimage: {src: a.png, alt: A}\n"
    site.write("webinars/x/index.md", f"---\n{front}---\nTexte.\n")
    assert site.run("check") == 0
    assert "broken-picture" not in capsys.readouterr().out
    out = site.compile()
    assert "webinars/x/index.md:4:14: warning[broken-picture]" in capsys.readouterr().err
    assert (out / "comptoirs/x/a.png").read_bytes() == b""


def test_a_bomb_is_told_and_not_opened(site: Site, lines: Lines) -> None:
    for n, side in enumerate((int(MOST**0.5) + 1, 20_000, 99_999)):
        head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0))
        packed = chunk(b"IDAT", zlib.compress(bytes(10_000))) + chunk(b"IEND", b"")
        site.write(f"content/{n}.png", b"\x89PNG\r\n\x1a\n" + head + packed)
    assert site.run("check") == 1
    found = [line for line in lines() if "error[too-many-pixels]" in line]
    assert [line.partition(":")[0] for line in found] == [f"content/{n}.png" for n in range(3)]


def test_a_picture_that_no_page_needs_is_told(site: Site, lines: Lines) -> None:
    image = saved(quarters(), "JPEG")
    site.write("content/a.jpg", image + bytes(NEEDED))
    site.write("content/b.jpg", image + bytes(NEEDED - len(image)))
    (line,) = [x for x in warnings(site, lines) if "heavy-picture" in x]
    assert line.startswith("content/a.jpg:1:1: warning[heavy-picture]")


# In the site.


class Pictures(HTMLParser):
    """The pictures of a page: each `img` with the `source` before it."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.found: list[dict[str, str]] = []
        self._source: dict[str, str] = {}
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "source":
            self._source = {"srcset": said["srcset"], "sizes": said["sizes"]}
        elif tag == "img":
            self.found.append({**said, **self._source})
            self._source = {}


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site that shows pictures in each place that takes one."""
    made = Site(tmp_path_factory.mktemp("gallery") / "site")
    made.keeps = True
    made.write("mkdocs.yml", FRENCH)
    for folder in ("voyages", "content/mooc"):
        (made.root / folder).mkdir(parents=True, exist_ok=True)
    photo = saved(quarters((2000, 1000)), "JPEG", exif=exif(), quality=60)
    other = saved(Image.new("RGB", (2000, 500), BLUE), "JPEG", exif=exif())
    front = "title: T\nstart: 2026-12-03 12:30\nimage: {src: Photo été.JPG, alt: Une salle}\n"
    body = "![a](sous/photo-ete.jpg)\n\n![b](../../content/assets/photo.jpg)\n\n![c](d.svg)\n"
    made.write("webinars/x/index.md", f"---\n{front}---\n{body}")
    past = front.replace("2026-12-03", "2026-10-01").replace("Photo été.JPG", "y.jpg")
    made.write("webinars/y.md", f"---\n{past}replay: {{video: 'https://v.example/a'}}\n---\n")
    made.write("webinars/y.jpg", photo)
    made.write("webinars/x/Photo été.JPG", photo)
    made.write("webinars/x/sous/photo-ete.jpg", other)
    made.write("webinars/x/d.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 4"/>')
    made.write("content/assets/photo.jpg", photo)
    made.write("content/petit é.png", saved(quarters(), "PNG"))
    # A disk of another system names it with the accent apart.
    made.write(f"content/{unicodedata.normalize('NFD', 'été')}.png", saved(quarters(), "PNG"))
    page = "# P\n\n![a](assets/photo.jpg)\n\n![b](petit%20é.png)\n\n[g](assets/photo.jpg)\n\n"
    page += '<img src="https://petit.example/x/assets/photo.jpg" alt="c" width="200">\n'
    page += '<img src="/x/assets/photo.jpg" alt="d" loading="eager" srcset="/x/p.png 2x">\n'
    made.write("content/p.md", page)
    inline = [base64.b64encode(data).decode() for data in told(quarters()).values()]
    made.write("content/d.md", "".join(f"![](data:image/png;base64,{one})\n\n" for one in inline))
    head = "---\nhide: [navigation, toc]\n---\n# A\n\n"
    made.write("content/index.md", f"{head}![a](assets/photo.jpg)\n")
    made.build()
    return made


@pytest.mark.large
def test_pages_give_browsers_the_choice_of_widths(gallery: Site) -> None:
    out = gallery.root / "site"
    for address in ("comptoirs/x/", "p/", ""):
        for one in Pictures(out / address / "index.html").found:
            names = [part.split(" ") for part in one.get("srcset", "").split(", ") if part]
            for name, said in names:
                if said.endswith("w"):
                    path = (out / address / name).resolve()
                    assert opened(path.read_bytes()).width == int(said[:-1])
    event = Pictures(out / "comptoirs/x/index.html").found
    boxes = [(one["alt"], one.get("width"), one.get("height"), one.get("loading")) for one in event]
    assert boxes == [
        ("Une salle", "1680", "840", None),
        ("a", "1680", "420", "lazy"),
        ("b", "1680", "840", "lazy"),
        ("c", None, None, "lazy"),
    ]
    assert [one.get("srcset", "").count("w, ") for one in event] == [3, 3, 3, 0]
    page = Pictures(out / "p/index.html").found
    assert [(one.get("width"), one.get("height"), one["loading"]) for one in page] == [
        ("1680", "840", "lazy"),
        ("32", "16", "lazy"),
        ("200", "100", "lazy"),
        ("1680", "840", "eager"),
    ]
    assert [one.get("sizes", "")[-5:] for one in page] == ["100vw", "", "200px", ""]
    home, *cards = Pictures(out / "index.html").found
    assert "1188px" in home["sizes"]
    assert "1188px" not in page[0]["sizes"]
    assert cards
    assert {one["sizes"] for one in cards} == {"(min-width: 700px) 460px, 100vw"}


def test_every_address_answers_with_what_may_be_published(gallery: Site) -> None:
    out = gallery.root / "site"
    names = ("comptoirs/x/photo-ete.jpg", "comptoirs/x/sous-photo-ete.jpg", "assets/photo.jpg")
    images = [opened((out / name).read_bytes()) for name in names]
    assert [image.size for image in images] == [(1680, 840), (1680, 420), (1680, 840)]
    for path in out.rglob("*.*"):
        if path.suffix in {".jpg", ".webp", ".png"} and "cards" not in path.parts:
            assert SECRET.encode() not in path.read_bytes()
    assert {"petit é.png", "été.png"} <= {path.name for path in out.iterdir()}


def test_a_picture_that_stands_in_a_page_tells_nothing(gallery: Site) -> None:
    images = Pictures(gallery.root / "site/d/index.html").found
    found = [base64.b64decode(one["src"].partition(",")[2]) for one in images]
    kinds = [opened(data).format if data else "" for data in found]
    assert kinds == ["JPEG", "PNG", "WEBP", "", "GIF", ""]
    assert not [data for data in found if SECRET.encode() in data]


def test_feeds_and_data_name_the_picture_itself(gallery: Site) -> None:
    out = gallery.root / "site"
    feed = (
        (out / "flux/tous.atom.xml").read_text() if (out / "flux/tous.atom.xml").is_file() else ""
    )
    found = "".join(path.read_text() for path in (out / "flux").rglob("*.xml"))
    assert "srcset" not in feed + found
    assert "https://petit.example/x/comptoirs/x/sous-photo-ete.jpg" in found
    page = html.parse(str(out / "comptoirs/x/index.html"))
    (data,) = page.xpath("//script[@type='application/ld+json']/text()")
    assert "https://petit.example/x/comptoirs/x/photo-ete.jpg" in json.dumps(json.loads(data))


def test_a_picture_counts_as_its_widest(gallery: Site) -> None:
    found = assets(gallery.root / "site", "comptoirs/x/")
    assert "assets/scaled/1680/comptoirs/x/photo-ete.jpg.webp" in found
    assert "comptoirs/x/photo-ete.jpg" not in found


def octets(folder: Path) -> dict[str, bytes]:
    """The pictures that are scaled, by address."""
    found = [path for kind in ("jpg", "webp") for path in folder.rglob(f"*.{kind}")]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@pytest.mark.large
def test_a_picture_is_kept_until_its_octets_change(
    gallery: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = octets(gallery.root / "site")
    drawn: list[str] = []
    real = scaling.draw

    def count(raster: Raster, data: bytes, width: int) -> bytes:
        drawn.append(raster.file)
        return real(raster, data, width)

    monkeypatch.setattr(scaling, "draw", count)
    out = gallery.compile()
    assert drawn == []
    assert octets(out) == before
    assert gallery.run("check") == 0
    photo = gallery.root / "webinars/x/sous/photo-ete.jpg"
    old = photo.read_bytes()
    photo.write_bytes(saved(Image.new("RGB", (2000, 500), RED), "JPEG"))
    assert gallery.run("check") == 0
    assert drawn == []
    gallery.compile()
    assert set(drawn) == {"webinars/x/sous/photo-ete.jpg"}
    photo.write_bytes(old)
    gallery.compile()
    assert octets(out) == before


def test_without_a_place_to_keep_them_pictures_are_the_same(site: Site) -> None:
    data = saved(quarters((900, 60)), "JPEG")
    found = raster(site, data)
    for one in scaled(Source(site.root, found), NoStore()):
        one.prepare()
        assert one.octets() == draw(found, data, one.width)


def test_a_key_is_of_all_that_a_picture_is_made_from(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = saved(quarters((900, 60)), "JPEG")
    found = raster(site, data)

    def keys() -> set[str]:
        return {one.key for one in scaled(Source(site.root, found), NoStore())}

    first = keys()
    assert len(first) == 1 + len(found.widths)
    for name, value in (("REVISION", 2), ("SETTINGS", {}), ("DRAWN", {}), ("LOSSLESS", {})):
        with monkeypatch.context() as patched:
            patched.setattr(scaling, name, value)
            assert not keys() & first
    with monkeypatch.context() as patched:
        patched.setattr("PIL.__version__", "0")
        assert not keys() & first
    site.write("a.jpg", data + b"\0")
    assert not keys() & first


def test_only_pictures_of_the_site_are_framed() -> None:
    gallery = {"a/b.jpg": Raster("b.jpg", "JPEG", 900, 300)}
    for left in (
        '<img src="https://else.example/a/b.jpg" alt="">',
        '<img src="c.jpg" alt="">',
        '<img alt="">',
        '<img src="//[x/b.jpg" alt="">',
        "<img src='b.jpg' alt=''>",
        '<picture><source srcset="x.webp"><img src="b.jpg" alt=""></picture>',
        '<code>&lt;img src="b.jpg"&gt;</code>',
    ):
        assert framed(left, "a/", gallery) == left
    found = framed('<img alt=">" src="b.jpg" />', "a/", gallery)
    start = '<picture><source type="image/webp" srcset="../assets/scaled/480/a/b.jpg.webp 480w, '
    assert found.startswith(start)
    end = '<img alt=">" src="b.jpg" width="900" height="300" decoding="async"></picture>'
    assert found.endswith(end)
    assert framed(found, "a/", gallery) == found


@pytest.mark.browser
def test_browsers_take_what_they_show_and_keep_room_for_it(gallery: Site, browser: Browser) -> None:
    with serving(gallery.root / "site") as base:
        for width, density, taken in ((1280, 1, "840"), (1280, 2, "1680"), (360, 2, "840")):
            context = browser.new_context(
                viewport={"width": width, "height": 900},
                device_scale_factor=density,
                service_workers="block",
            )
            page = context.new_page()
            page.route("**/*.webp", lambda route: route.abort())
            page.goto(base + "comptoirs/x/", wait_until="load")
            measure = "one => [one.currentSrc, one.offsetHeight / one.offsetWidth]"
            source, shape = page.locator(".pc-figure img").evaluate(measure)
            assert f"/assets/scaled/{taken}/" in source
            assert shape == pytest.approx(0.5, abs=0.01)  # though nothing has come yet
            context.close()
