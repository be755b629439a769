"""Where in a picture's file EXIF and XMP stand, which may tell where it was taken.

Sources: XMP part 3 (all types), Exif 2.32 (JPEG), PNG third edition, RFC 9649 (WebP).
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable, Iterator
from functools import partial

from bot.adapters.pictures.heif import find_metadata
from bot.adapters.pictures.location import (
    Block,
    Cutter,
    Span,
    StuckError,
    cut_exif,
    cut_place,
    cut_xmp,
    xmp_tells_place,
)

_JPEG_START = b"\xff\xd8\xff"
_JPEG_MARKER = re.compile(rb"\xff[^\x00\x01\xd0-\xd8\xff]")  # with a length, or the end
_JPEG_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_JPEG_MORE_XMP = b"http://ns.adobe.com/xmp/extension/\0"
_GUID = 32  # bytes; the whole length and the offset follow, 4 bytes each
PNG_HEADER = 33
"""How many bytes the signature and the first chunk of a PNG have, which tells its sides."""

NO_PIXELS = b"\0\0\0\0IDAT"
"""What begins the pixels of a PNG and has none."""

_PNG_XMP = b"XML:com.adobe.xmp"
_PIXELS = frozenset({b"IDAT", b"fdAT", b"IEND"})
_MOST_TEXT = 16_000_000  # bytes, unpacked


def cut_location(content: bytes, suffix: str) -> bytes:
    """The file without the place, as long as before; the very same object where it tells none.

    Raises StuckError.
    """
    blocks = _BLOCKS.get(suffix)  # BMP has none, and what GIF has is not cut
    cut = cut_place(content, blocks(content)) if blocks else content
    return content if cut == content else cut


def _jpeg_blocks(content: bytes) -> Iterator[Block]:
    exif: list[Span] = []
    extended: dict[bytes, list[tuple[bytes, Span]]] = {}
    at = 0
    while found := _JPEG_MARKER.search(content, at):
        at = found.start() + 2
        if found[0] == b"\xff\xd9":
            # Another picture may follow (MPO), anything else is stepped over.
            at = content.find(_JPEG_START, at)
            if at == -1:
                break
            continue
        end = min(at + max(int.from_bytes(content[at : at + 2], "big"), 2), len(content))
        body = at + 2
        if found[0] == b"\xff\xe1":
            if content.startswith(b"Exif\0\0", body):
                body += 6
                if exif and content[body : body + 2] not in (b"II", b"MM"):
                    exif.append((body, end))  # goes on from the segment before
                else:
                    if exif:
                        yield cut_exif, tuple(exif)
                    exif = [(body, end)]
            elif content.startswith(_JPEG_XMP, body):
                yield cut_xmp, ((body + len(_JPEG_XMP), end),)
            elif content.startswith(_JPEG_MORE_XMP, body):
                body += len(_JPEG_MORE_XMP)
                first = body + _GUID + 8
                part = content[first - 4 : first], (min(first, end), end)
                extended.setdefault(content[body : body + _GUID], []).append(part)
        at = end
    if exif:
        yield cut_exif, tuple(exif)
    for parts in extended.values():
        yield cut_xmp, tuple(span for _, span in sorted(parts))


def _png_chunks(content: bytes) -> Iterator[tuple[bytes, int, int]]:
    at = 8
    while at + 12 <= len(content):
        start = at + 8
        end = start + int.from_bytes(content[at : at + 4], "big")
        if end + 4 > len(content):
            return
        yield content[at + 4 : start], start, end
        at = end + 4


def without_pixels(content: bytes) -> bytes:
    """A PNG's other chunks, those behind the pixels too; without any, the content as it is."""
    if b"IDAT" not in content:
        return content
    chunks = _png_chunks(content)
    kept = [content[start - 8 : end + 4] for kind, start, end in chunks if kind not in _PIXELS]
    return content[:8] + b"".join(kept) + NO_PIXELS


def _png_blocks(content: bytes) -> Iterator[Block]:
    for kind, start, end in _png_chunks(content):
        chunk = ((start - 4, end + 4),)
        if kind == b"eXIf":
            yield partial(_cut_chunk, cut_exif, 4), chunk
        elif kind in (b"iTXt", b"zTXt", b"tEXt"):
            keyword, _, rest = content[start:end].partition(b"\0")
            if kind == b"iTXt" and keyword == _PNG_XMP:
                text = rest[2:].split(b"\0", 2)[-1]  # behind language and translated keyword
                if rest[:1] == b"\0":
                    yield partial(_cut_chunk, cut_xmp, 4 + end - start - len(text)), chunk
                else:
                    _refuse_place(_unpacked(text))
            elif keyword == _PNG_XMP or keyword.startswith(b"Raw profile type "):
                _refuse_place(rest if kind == b"tEXt" else _unpacked(rest[1:]))


def _unpacked(packed: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, _MOST_TEXT)
    except zlib.error:
        return b""


def _refuse_place(text: bytes) -> None:
    """Raises StuckError where a text that cannot be cut, XMP or a profile in hex, tells a place."""
    # ImageMagick's profiles: a line feed, the name, the length, then hex in lines.
    profile = bytearray(text)
    if text.startswith(b"\n") and text.count(b"\n") >= 3:
        digits = re.sub(rb"[^0-9a-fA-F]", b"", text.split(b"\n", 3)[3])
        profile = bytearray.fromhex(digits[: len(digits) & ~1].decode())
    before = bytes(profile)
    cut_exif(profile)
    if profile != before or xmp_tells_place(before):
        raise StuckError


def _cut_chunk(cutter: Cutter, first: int, chunk: bytearray) -> None:
    """Cuts a PNG chunk, type to checksum, from its byte `first` on, and tells its checksum anew."""
    body = chunk[first:-4]
    cutter(body)
    if body != chunk[first:-4]:
        chunk[first:-4] = body
        struct.pack_into(">L", chunk, len(chunk) - 4, zlib.crc32(chunk[:-4]))


def _webp_blocks(content: bytes) -> Iterator[Block]:
    at = 12
    while at + 8 <= len(content):
        kind, size = struct.unpack_from("<4sL", content, at)
        span = at + 8, min(at + 8 + size, len(content))
        if kind in (b"EXIF", b"XMP "):
            yield cut_exif if kind == b"EXIF" else cut_xmp, (span,)
        at += 8 + size + size % 2


def _tiff_blocks(content: bytes) -> Iterator[Block]:
    yield cut_exif, ((0, len(content)),)


def _heif_blocks(content: bytes) -> Iterator[Block]:
    for kind, spans in find_metadata(content):
        yield cut_exif if kind == b"Exif" else cut_xmp, spans


_BLOCKS: dict[str, Callable[[bytes], Iterator[Block]]] = {
    ".jpg": _jpeg_blocks,
    ".png": _png_blocks,
    ".webp": _webp_blocks,
    ".tiff": _tiff_blocks,
    ".avif": _heif_blocks,
    ".heic": _heif_blocks,
}
