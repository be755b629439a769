"""Pictures made to fill the memory, to keep the bot busy, or to be something else as well."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable

import pytest

from bot.adapters.pictures.inspecting import PillowInspector
from bot.adapters.pictures.shrinking import PillowShrinker
from tests.attacks import pictures
from tests.attacks.cost import MEGABYTE, measured
from tests.attacks.pictures import SIDE, chunk, gif, jpeg_with, png, saved, tiff, zeros
from tests.attacks.zips import NAME, REPORT, packed

pytestmark = pytest.mark.attack

_HUGE = 500 * MEGABYTE

BOMBS: dict[str, Callable[[], bytes]] = {
    "PNG of 49 million pixels": lambda: png(SIDE),
    "PNG of 50,000 by 50,000": lambda: png(50_000, whole=False),
    "PNG of 2^31 by 2^31": lambda: png(64).replace(
        struct.pack(">LL", 64, 64), struct.pack(">LL", 2**31 - 1, 2**31 - 1)
    ),
    "PNG with a bomb as its colours": lambda: png(64, chunk(b"iCCP", b"x\0\0" + zeros(_HUGE))),
    "PNG with a bomb as its text": lambda: png(64, chunk(b"zTXt", b"x\0\0" + zeros(_HUGE))),
    "PNG with a bomb as its XMP": lambda: png(
        64, chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zeros(_HUGE))
    ),
    "PNG with 5,000 bombs as its texts": lambda: png(
        64, *[chunk(b"zTXt", b"x\0\0" + zeros(MEGABYTE))] * 5_000
    ),
    "PNG with 300,000 texts": lambda: png(64, *[chunk(b"tEXt", b"a\0b")] * 300_000),
    "PNG of 50,000 frames": lambda: pictures.apng(50_000),
    "GIF of 100,000 frames": lambda: gif(1, 100_000),
    "GIF of 65,535 by 65,535": lambda: gif(65_535, 10),
    "WebP of 49 million pixels": lambda: saved("WEBP", SIDE, lossless=True),
    "TIFF of 49 million pixels": lambda: saved("TIFF", SIDE, compression="tiff_lzw"),
    "TIFF of 50,000 by 50,000": lambda: tiff().replace(
        struct.pack("<L", 64), struct.pack("<L", 50_000), 2
    ),
    "TIFF with 65,000 tags": lambda: tiff(*[(40_000, 2, 2**31, 0)] * 65_000),
    "TIFF with a tag of 4 GB": lambda: tiff((305, 2, 2**32 - 1, 0)),
    "JPEG of 20,000 scans": lambda: pictures.progressive(3000, 20_000),
    "JPEG of 65,500 by 65,500": lambda: saved("JPEG", 64).replace(
        struct.pack(">HH", 64, 64), struct.pack(">HH", 65_500, 65_500), 1
    ),
    "AVIF of 50,000 by 50,000": lambda: saved("AVIF", 64, speed=10).replace(
        b"ispe\0\0\0\0" + struct.pack(">LL", 64, 64),
        b"ispe\0\0\0\0" + struct.pack(">LL", 50_000, 50_000),
    ),
}

TANGLED: dict[str, bytes] = {
    "TIFF whose directory is its own next one": tiff(then=8),
    "TIFF that goes on behind its end": tiff(then=2**32 - 1),
    "EXIF directories in a circle": jpeg_with(pictures.exif_loop()),
    "EXIF that says to have 65,535 entries": jpeg_with(b"II*\0\x08\0\0\0\xff\xff" + bytes(500)),
    "EXIF with a text of 4 GB": jpeg_with(
        b"II*\0\x08\0\0\0" + struct.pack("<HHHLLL", 1, 0x010E, 2, 2**32 - 1, 8, 0)
    ),
    "EXIF that is nothing but 0xFF": jpeg_with(b"\xff" * 60_000),
    "JPEG of nothing but markers": b"\xff\xd8" + b"\xff\xe1\0\2" * 100_000,
    "PNG whose chunk is 4 GB long": png(64)[:33] + b"\xff\xff\xff\xffIDAT" + bytes(100),
    "PNG whose pixels are cut off": png(64)[:80],
    "PNG without pixels": png(64)[:33] + chunk(b"IEND", b""),
    "PNG of 0 by 0": png(0),
    "WebP cut off": saved("WEBP", 64)[:-20],
    "HEIC of boxes in boxes": b"\0\0\0\x18ftypheic\0\0\0\0heicmif1"
    + b"\0\0\0\0meta\0\0\0\0" * 5000,
}

OTHERS: dict[str, bytes] = {
    "SVG named as a picture": b'<?xml version="1.0"?><svg onload="alert(1)" width="9"/>',
    "SVG with entities a billion times": b'<!DOCTYPE x [<!ENTITY a "&b;&b;">]><svg>&a;</svg>',
    "HTML named as a picture": b"<!doctype html><script>alert(1)</script>",
    "PDF named as a picture": b"%PDF-1.7\n1 0 obj <</JS (app.alert(1))>>",
    "program named as a picture": b"\x7fELF\2\1\1" + bytes(200),
    "PostScript named as a picture": b"%!PS-Adobe-3.0 EPSF-3.0\n(/etc/passwd) (r) file",
    "a list for another program": b"push graphic-context\nfill 'url(https://example.org/\"|ls)'",
    "zip named as a picture": packed({NAME: REPORT}),
}

POLYGLOTS: dict[str, bytes] = {
    "GIF and JavaScript": b"GIF89a/*" + gif(8, 1)[8:] + b"*/=1;alert(1)",
    "JPEG and zip": saved("JPEG", 64) + packed({NAME: REPORT}),
    "PNG and HTML": png(64, chunk(b"tEXt", b"a\0<script>alert(1)</script>")) + b"<html>",
    "BMP and program": saved("BMP", 64) + b"\x7fELF\2\1\1" + bytes(200),
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
async def test_a_bomb_is_a_picture_like_others(bomb: Callable[[], bytes]) -> None:
    """Looking into it costs no pixel; making it small is done within bounds, or not at all."""
    content = bomb()
    with measured() as cost:
        await PillowInspector().inspect(content, keep_location=False)
    assert cost.seconds < 5
    assert cost.memory < 150 * MEGABYTE
    with measured() as cost:
        await PillowShrinker().shrink(content)
    assert cost.seconds < 10
    assert cost.memory < 600 * MEGABYTE


@pytest.mark.parametrize("content", TANGLED.values(), ids=TANGLED)
async def test_a_tangled_picture_ends(content: bytes) -> None:
    """There is an answer at once, and no byte of it moves."""
    with measured() as cost:
        found = await PillowInspector().inspect(content, keep_location=False)
        await PillowShrinker().shrink(content)
    assert found is None or len(found.content) == len(content)
    assert cost.seconds < 2
    assert cost.memory < 50 * MEGABYTE


@pytest.mark.parametrize("content", OTHERS.values(), ids=OTHERS)
async def test_what_is_no_picture_is_not_shown_as_one(content: bytes) -> None:
    """Whatever its name says: it is linked to, and no reader of pictures looks at it."""
    assert await PillowInspector().inspect(content, keep_location=False) is None
    assert await PillowShrinker().shrink(content) is None


@pytest.mark.parametrize("content", POLYGLOTS.values(), ids=POLYGLOTS)
async def test_what_is_a_picture_too_is_only_that(content: bytes) -> None:
    """Its name ends as that of a picture, and on a page there is a new one without the rest."""
    found = await PillowInspector().inspect(content, keep_location=False)
    assert found is None or found.suffix in {".gif", ".jpg", ".png", ".bmp"}
    small = await PillowShrinker().shrink(content)
    if small is not None:
        assert small.startswith(b"\xff\xd8\xff")
        assert not any(mark in small for mark in (b"script", b"alert", b"PK\3\4", b"ELF"))


async def test_checksums_are_not_trusted() -> None:
    """A PNG whose chunks all have wrong checksums is a picture or none, and no fault."""
    content = bytearray(png(64, chunk(b"tEXt", b"a\0b")))
    at = 8
    while at < len(content):
        end = at + 8 + int.from_bytes(content[at : at + 4], "big")
        content[end : end + 4] = struct.pack(">L", ~zlib.crc32(content[at + 4 : end]) & 0xFFFFFFFF)
        at = end + 4
    await PillowInspector().inspect(bytes(content), keep_location=False)
