"""Picture files: what they really are, and that they no longer tell where they were taken."""

from __future__ import annotations

import struct
import tracemalloc
import zlib
from collections.abc import Callable
from functools import cache
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image, PngImagePlugin
from pillow_heif import from_pillow
from pillow_heif.as_plugin import HeifImageFile

from bot.adapters.pictures.inspecting import PillowInspector
from bot.services.ports import InspectedPicture, Location

SECONDS = (599753, 20000)  # 29.98765": two numbers that stand nowhere else in a file
XMP_LATITUDE, XMP_LONGITUDE = b"48,51.4998N", b"2,17.6677E"
XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
    b'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
    b'xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="' + XMP_LATITUDE + b'" '
    b'exif:PixelXDimension="64"><exif:GPSLongitude>' + XMP_LONGITUDE + b"</exif:GPSLongitude>"
    b"</rdf:Description></rdf:RDF></x:xmpmeta>"
)
COORDINATES = (
    struct.pack("<LL", *SECONDS),
    struct.pack(">LL", *SECONDS),
    XMP_LATITUDE,
    XMP_LONGITUDE,
)
SUFFIXES = {
    "JPEG": ".jpg",
    "MPO": ".jpg",
    "PNG": ".png",
    "WEBP": ".webp",
    "TIFF": ".tiff",
    "AVIF": ".avif",
    "HEIC": ".heic",
    "GIF": ".gif",
    "BMP": ".bmp",
}
WITH_EXIF = [kind for kind in SUFFIXES if kind not in ("GIF", "BMP")]
KEPT_TAGS = {0x0112: 6, 0x010F: "Maker", 0x0132: "2023:10:04 12:00:00"}
TAKEN_AT = (0x9003, "2023:10:04 11:59:59")


def exif(order: str, *, place: bool) -> bytes:
    """EXIF with an orientation, a maker, dates and, where wanted, a place."""
    made = Image.Exif()
    made.endian = order
    for tag, value in KEPT_TAGS.items():
        made[tag] = value
    made.get_ifd(ExifTags.IFD.Exif)[TAKEN_AT[0]] = TAKEN_AT[1]
    if place:
        gps = made.get_ifd(ExifTags.IFD.GPSInfo)
        gps.update({1: "N", 2: (48, 51, SECONDS[0] / SECONDS[1]), 3: "E", 4: (2, 17, 40.06)})
    return made.tobytes()


@cache
def picture(
    kind: str,
    order: str = "<",
    *,
    place: bool = True,
    xmp: bytes | None = None,
    packed: bool = False,
) -> bytes:
    """A small picture with EXIF and perhaps XMP, `packed` in a PNG; a BigTIFF by the order `>`."""
    image = Image.linear_gradient("L").resize((64, 48)).convert("RGB")
    buffer = BytesIO()
    tags = exif(order, place=place)
    if kind == "HEIC":
        from_pillow(image).save(buffer, exif=tags, **({"xmp": xmp} if xmp else {}))
    elif kind == "PNG":
        info = PngImagePlugin.PngInfo()
        if xmp:
            info.add_itxt("XML:com.adobe.xmp", xmp.decode(), zip=packed)
        image.save(buffer, kind, exif=tags, pnginfo=info)
    elif kind == "TIFF":
        described = Image.Exif()
        described.load(tags)
        if xmp:
            described[700] = xmp
        image.save(buffer, kind, exif=described, big_tiff=order == ">")
    elif kind == "MPO":
        image.save(buffer, kind, exif=tags, save_all=True, append_images=[image])
    else:
        image.save(buffer, kind, exif=tags, **({"xmp": xmp} if xmp else {}))
    return buffer.getvalue()


def opened(content: bytes) -> Image.Image:
    """The picture as its reader opens it."""
    heic = content[4:12] == b"ftypheic"
    reader: Callable[[BytesIO], Image.Image] = HeifImageFile if heic else Image.open
    return reader(BytesIO(content))


async def inspected(content: bytes, *, keep: bool = False) -> InspectedPicture:
    """The picture, which is one."""
    found = await PillowInspector().inspect(content, keep_location=keep)
    assert found is not None
    return found


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("xmp", [None, XMP])
@pytest.mark.parametrize("kind", WITH_EXIF)
async def test_the_place_is_gone_and_nothing_else(kind: str, xmp: bytes | None, order: str) -> None:
    """The place is cut; length, pixels and all other EXIF stay, and no coordinate is left."""
    content = picture(kind, order, xmp=None if kind == "MPO" else xmp)
    before = opened(content)
    assert before.getexif().get_ifd(ExifTags.IFD.GPSInfo)
    found = await inspected(content)
    assert found.location is Location.CUT
    assert len(found.content) == len(content)
    assert [mark for mark in COORDINATES if mark in found.content] == []
    after = opened(found.content)
    assert after.getexif().get_ifd(ExifTags.IFD.GPSInfo) == {}
    assert ExifTags.Base.GPSInfo not in after.getexif()
    told, still = dict(before.getexif()), dict(after.getexif())
    for pointer in (ExifTags.IFD.Exif, ExifTags.IFD.GPSInfo, 700):
        told.pop(pointer, None)
        still.pop(pointer, None)
    assert still == told
    assert told.keys() >= KEPT_TAGS.keys()
    assert after.getexif().get_ifd(ExifTags.IFD.Exif)[TAKEN_AT[0]] == TAKEN_AT[1]
    assert after.tobytes() == before.tobytes()
    assert (found.suffix, found.width, found.height) == (SUFFIXES[kind], *before.size)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF", "HEIC"])
async def test_xmp_stays_well_formed(kind: str) -> None:
    """Of XMP only the values of the place are blank."""
    blank = XMP
    for value in (XMP_LATITUDE, XMP_LONGITUDE):
        blank = blank.replace(value, b" " * len(value))
    content = picture(kind, place=False, xmp=XMP)
    found = await inspected(content)
    assert found.location is Location.CUT
    assert found.content.count(blank) == content.count(XMP) == 1


async def test_only_metadata_of_a_jpeg_changes() -> None:
    """What differs in a cut JPEG lies before its tables and its pixels."""
    content = picture("JPEG", xmp=XMP)
    cut = (await inspected(content)).content
    tables = content.index(b"\xff\xdb")
    assert cut[:20] == content[:20]
    assert cut[tables:] == content[tables:]


async def test_checksums_of_a_png_are_right() -> None:
    """Each chunk of a cut PNG has its right checksum."""
    cut = (await inspected(picture("PNG", xmp=XMP))).content
    at = 8
    while at < len(cut):
        end = at + 8 + int.from_bytes(cut[at : at + 4], "big")
        assert cut[end : end + 4] == struct.pack(">L", zlib.crc32(cut[at + 4 : end]))
        at = end + 4


async def test_each_picture_of_a_file_is_cut() -> None:
    """A picture that follows the first one in its file (MPO) loses its place too."""
    content = picture("JPEG", place=False) + picture("JPEG", ">", xmp=XMP)
    found = await inspected(content)
    assert found.location is Location.CUT
    assert [mark for mark in COORDINATES if mark in found.content] == []


def segment(body: bytes) -> bytes:
    """A JPEG's APP1 segment."""
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


async def test_extended_xmp_is_cut_across_its_segments() -> None:
    """A value that begins in one segment of extended XMP and ends in the next one is cut."""
    plain, half = picture("JPEG", place=False), XMP.index(XMP_LATITUDE) + 4
    name = b"http://ns.adobe.com/xmp/extension/\0" + b"0" * 32 + struct.pack(">L", len(XMP))
    parts = [(0, XMP[:half]), (half, XMP[half:])]
    for ordered in (parts, parts[::-1]):
        extended = [segment(name + struct.pack(">L", at) + part) for at, part in ordered]
        found = await inspected(plain[:20] + b"".join(extended) + plain[20:])
        assert found.location is Location.CUT
        assert XMP_LATITUDE[4:] + b'"' not in found.content
        assert XMP_LONGITUDE not in found.content


def chunk(kind: bytes, body: bytes) -> bytes:
    """A PNG's chunk."""
    return struct.pack(">L", len(body)) + kind + body + struct.pack(">L", zlib.crc32(kind + body))


PROFILE = (
    b"\nexif\n" + b"%8d" % len(exif("<", place=True)) + b"\n" + exif("<", place=True).hex().encode()
)


@pytest.mark.parametrize(
    "hidden",
    [
        chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(XMP)),
        chunk(b"zTXt", b"Raw profile type exif\0\0" + zlib.compress(PROFILE)),
        chunk(b"tEXt", b"Raw profile type exif\0" + PROFILE),
    ],
)
@pytest.mark.parametrize("last", [False, True])
async def test_what_cannot_be_cut_is_told(hidden: bytes, last: bool) -> None:
    """A place in a packed text of a PNG stays, before the pixels or behind, and is told of."""
    plain = picture("PNG", place=False)
    at = len(plain) - 12 if last else 33
    content = plain[:at] + hidden + plain[at:]
    found = await inspected(content)
    assert found.location is Location.STUCK
    assert found.content is content
    assert (await inspected(content, keep=True)).location is Location.KEPT


async def test_stuck_pictures_stay_whole() -> None:
    """Where one of two places cannot be cut, the other one stays too."""
    content = picture("PNG", xmp=XMP, packed=True)
    found = await inspected(content)
    assert found.location is Location.STUCK
    assert found.content is content


@pytest.mark.parametrize("kind", WITH_EXIF)
async def test_a_place_can_be_kept(kind: str) -> None:
    """A place that is wanted stays, and so do the bytes."""
    content = picture(kind)
    found = await inspected(content, keep=True)
    assert found.location is Location.KEPT
    assert found.content is content


@pytest.mark.parametrize("kind", SUFFIXES)
@pytest.mark.parametrize("keep", [False, True])
async def test_pictures_without_a_place_stay_as_they_are(kind: str, keep: bool) -> None:
    """A file that tells no place is kept as it came, and known by what it is."""
    content = picture(kind, place=False)
    found = await inspected(content, keep=keep)
    assert found.content is content
    assert found.location is Location.NONE
    assert (found.suffix, found.width, found.height) == (SUFFIXES[kind], *opened(content).size)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"a text",
        b"\xff\xd8\xff",
        b"BM" + b"a text about pictures" * 5,
        b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom\0\0\0\x08mdat",
        b"PK\3\4" + bytes(40),
        b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
        b"%PDF-1.7\n",
        b"RIFF\x24\0\0\0WAVEfmt " + bytes(40),
        picture("PNG")[:20],
        picture("JPEG")[:40],
        picture("HEIC")[:60],
        picture("AVIF")[:60],
        picture("WEBP")[:25],
    ],
)
async def test_other_files_are_no_pictures(content: bytes) -> None:
    """Texts, films, archives, drawings and files that end too early are no pictures."""
    assert await PillowInspector().inspect(content, keep_location=False) is None


def huge(kind: str) -> bytes:
    """A picture that declares to be 50,000 pixels wide and high."""
    content = bytearray(picture(kind, place=False))
    if kind == "PNG":
        content[16:24] = struct.pack(">LL", 50_000, 50_000)
        content[29:33] = struct.pack(">L", zlib.crc32(content[12:29]))
    elif kind == "BMP":
        content[18:26] = struct.pack("<LL", 50_000, 50_000)
    elif kind == "JPEG":
        at = content.index(b"\xff\xc0") + 5
        content[at : at + 4] = struct.pack(">HH", 50_000, 50_000)
    elif kind == "GIF":
        content[6:10] = struct.pack("<HH", 50_000, 50_000)
    elif kind == "WEBP":
        content[24:30] = struct.pack("<L", 49_999)[:3] * 2
    elif kind == "AVIF":
        at = content.index(b"ispe") + 8
        content[at : at + 8] = struct.pack(">LL", 50_000, 50_000)
    elif kind == "TIFF":
        for tag in (256, 257):
            at = content.index(struct.pack("<HHL", tag, 4, 1)) + 8
            content[at : at + 4] = struct.pack("<L", 50_000)
    return bytes(content)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF"])
async def test_huge_pictures_cost_nothing(kind: str) -> None:
    """Of a picture of 50,000 by 50,000 pixels the sides are told and no pixel is read."""
    content = huge(kind)
    await inspected(picture(kind))  # imports cost once
    tracemalloc.start()
    try:
        found = await inspected(content)
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()
    assert (found.width, found.height) == (50_000, 50_000)


async def test_long_packed_texts_are_no_fault() -> None:
    """A PNG whose packed text Pillow refuses for its length is a picture all the same."""
    plain = picture("PNG", place=False)
    long = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(3_000_000)))
    found = await inspected(plain[:33] + long + plain[33:])
    assert (found.width, found.height, found.location) == (64, 48, Location.NONE)


@given(st.binary(max_size=300), st.sampled_from([b"", *(picture(kind)[:30] for kind in SUFFIXES)]))
async def test_no_bytes_are_a_fault(tail: bytes, head: bytes) -> None:
    """Whatever the bytes, there is an answer and no exception."""
    await PillowInspector().inspect(head + tail, keep_location=False)


@given(st.data(), st.sampled_from(list(SUFFIXES)), st.booleans())
async def test_damaged_pictures_are_no_fault(data: st.DataObject, kind: str, place: bool) -> None:
    """A truncated picture with wrong bits is a picture of the same length, or none."""
    with_xmp = place and kind not in ("MPO", "GIF", "BMP")
    content = bytearray(picture(kind, place=place, xmp=XMP if with_xmp else None))
    for _ in range(data.draw(st.integers(0, 4))):
        # Most of what matters stands at the beginning.
        at = data.draw(st.integers(0, min(len(content), 900) - 1))
        content[at] ^= 1 << data.draw(st.integers(0, 7))
    damaged = bytes(content[: data.draw(st.integers(len(content) // 2, len(content)))])
    found = await PillowInspector().inspect(damaged, keep_location=False)
    if found is not None:
        assert len(found.content) == len(damaged)
        assert (found.content == damaged) is (found.location is not Location.CUT)
