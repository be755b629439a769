"""Pictures that no camera takes."""

from __future__ import annotations

import struct
import zlib
from functools import cache
from io import BytesIO

from PIL import Image

SIDE = 7000
"""49 million pixels, just below what is decoded at all."""


def chunk(kind: bytes, body: bytes) -> bytes:
    """A PNG's chunk."""
    return struct.pack(">L", len(body)) + kind + body + struct.pack(">L", zlib.crc32(kind + body))


def png(side: int, *chunks: bytes, deep: bool = False, whole: bool = True) -> bytes:
    """A black PNG with those chunks before its pixels; a `deep` one has 8 bytes for each."""
    kind = (16, 6) if deep else (8, 2)
    header = chunk(b"IHDR", struct.pack(">LLBBBBB", side, side, *kind, 0, 0, 0))
    row = bytes(1 + side * (8 if deep else 3))
    packer = zlib.compressobj(1)
    pixels = b"".join(packer.compress(row) for _ in range(side if whole else 1)) + packer.flush()
    body = b"".join(chunks) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + header + body


@cache
def zeros(size: int) -> bytes:
    """So many zeros, packed."""
    return zlib.compress(bytes(size), 9)


def gif(side: int, frames: int) -> bytes:
    """A GIF of that size whose frames have one pixel each."""
    frame = b"\x21\xf9\x04\0\0\0\0\0\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\2\2\x44\1\0"
    head = b"GIF89a" + struct.pack("<HHBBB", side, side, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    return head + frame * frames + b";"


def apng(frames: int) -> bytes:
    """A PNG that says to move in so many frames."""
    says = struct.Struct(">LLLLLHHBB")
    more = [chunk(b"fcTL", says.pack(n, 64, 64, 0, 0, 0, 1, 0, 0)) for n in range(frames)]
    return png(64, chunk(b"acTL", struct.pack(">LL", frames, 0)), *more)


def saved(kind: str, side: int, **options: object) -> bytes:
    """A black picture as Pillow saves it."""
    buffer = BytesIO()
    Image.new("RGB", (side, side)).save(buffer, kind, **options)
    return buffer.getvalue()


def progressive(side: int, scans: int) -> bytes:
    """A JPEG whose last scan comes again and again, without its content."""
    content = saved("JPEG", side, progressive=True, quality=10)
    at = content.rindex(b"\xff\xda")
    header = content[at : at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")]
    return content[:-2] + header * scans + b"\xff\xd9"


_TIFF = [
    *((256, 4, 1, 64), (257, 4, 1, 64), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1)),
    *((273, 4, 1, 8), (277, 3, 1, 1), (278, 4, 1, 64), (279, 4, 1, 4096)),
]


def tiff(*more: tuple[int, int, int, int], then: int = 0) -> bytes:
    """A small TIFF with more entries (tag, type, count, value), and where its next directory is."""
    entries = [*_TIFF, *more]
    body = b"".join(struct.pack("<HHLL", *entry) for entry in entries)
    return b"II*\0\x08\0\0\0" + struct.pack("<H", len(entries)) + body + struct.pack("<L", then)


def jpeg_with(exif: bytes) -> bytes:
    """A JPEG with that as its EXIF."""
    segment = b"Exif\0\0" + exif
    content = saved("JPEG", 64)
    return content[:2] + b"\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment + content[2:]


def exif_loop() -> bytes:
    """EXIF whose directories lead to each other, one of places among them."""
    one = struct.pack("<HHHLLHHLLL", 2, 0x8769, 4, 1, 38, 0x8825, 4, 1, 8, 8)
    two = struct.pack("<HHHLLHHLLL", 2, 0x8769, 4, 1, 8, 0x8825, 4, 1, 38, 38)
    return b"II*\0\x08\0\0\0" + one + two
