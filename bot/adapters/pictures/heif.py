"""The boxes of HEIC and AVIF files: where their metadata stand, and the sides they declare.

Libraries give the metadata's content only; to cut in place one has to know where it lies.
Source: ISO/IEC 14496-12 (meta, iinf, iloc, idat), ISO/IEC 23008-12 (ispe, Exif items).
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.adapters.pictures.location import Span

_METADATA = {b"Exif", b"mime"}
_IN_FILE, _IN_IDAT = 0, 1
_AVIF = {b"avif", b"avis"}
_HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"}
_ANY_HEIF = {b"mif1", b"msf1"}


def heif_suffix(content: bytes) -> str | None:
    """`.avif` or `.heic` by the brands of the file; None: it is neither (mp4 has other brands)."""
    if content[4:8] != b"ftyp":
        return None
    brands = content[8 : min(_number(content, 0, 4), 256)]
    major, others = brands[:4], [brands[at : at + 4] for at in range(8, len(brands), 4)]
    if major in _AVIF or (major in _ANY_HEIF and _AVIF.intersection(others)):
        return ".avif"
    return ".heic" if major in _HEIC | _ANY_HEIF else None


def find_metadata(content: bytes) -> Iterator[tuple[bytes, tuple[Span, ...]]]:
    """Each metadata item's type (`Exif`; `mime`, which XMP is) and where its parts stand."""
    for kind, start, end in _boxes(content, 0, len(content)):
        if kind == b"meta":
            inside = {name: (at, to) for name, at, to in _boxes(content, start + 4, end)}
            kinds = dict(_item_types(content, *inside.get(b"iinf", (0, 0))))
            idat = inside.get(b"idat", (0, 0))
            for item, spans in _item_spans(content, *inside.get(b"iloc", (0, 0)), idat):
                if kinds.get(item) in _METADATA:
                    yield kinds[item], spans


def declared_sides(content: bytes) -> tuple[int, int] | None:
    """The sides in pixels of the largest picture that the file declares; None: it declares none."""
    sizes: list[tuple[int, int]] = []
    for kind, start, end in _boxes(content, 0, len(content)):
        if kind == b"meta":
            for at, to in _inside(content, start + 4, end, (b"iprp", b"ipco", b"ispe")):
                if to - at >= 12:
                    sizes.append((_number(content, at + 4, 4), _number(content, at + 8, 4)))
    return max(sizes, key=lambda size: size[0] * size[1], default=None)


def _number(content: bytes, at: int, size: int) -> int:
    return int.from_bytes(content[at : at + size], "big")


def _boxes(content: bytes, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """The type of each box and where its body begins and ends."""
    while at + 8 <= end:
        size, head = _number(content, at, 4), 8
        if size == 1:  # the size does not fit, eight bytes more tell it
            size, head = _number(content, at + 8, 8), 16
        elif size == 0:  # the last box goes on to the end
            size = end - at
        if size < head or at + size > end:
            return
        yield content[at + 4 : at + 8], at + head, at + size
        at += size


def _inside(content: bytes, at: int, end: int, path: tuple[bytes, ...]) -> Iterator[Span]:
    """Where the boxes at the end of a path of types begin and end."""
    for kind, start, stop in _boxes(content, at, end):
        if kind == path[0] and path[1:]:
            yield from _inside(content, start, stop, path[1:])
        elif kind == path[0]:
            yield start, stop


def _item_types(content: bytes, start: int, end: int) -> Iterator[tuple[int, bytes]]:
    """The id and the type of each item (iinf)."""
    count = 2 if content[start : start + 1] == b"\0" else 4
    for kind, at, to in _boxes(content, start + 4 + count, end):
        version = _number(content, at, 1)
        width = 4 if version >= 3 else 2
        if kind == b"infe" and version >= 2:
            typed = at + 4 + width + 2  # a protection index stands between
            yield _number(content, at + 4, width), content[typed : min(typed + 4, to)]


def _item_spans(
    content: bytes, start: int, end: int, idat: Span
) -> Iterator[tuple[int, tuple[Span, ...]]]:
    """The id of each item and where its parts stand (iloc); items made of others are left out."""
    at = start

    def take(size: int) -> int:
        nonlocal at
        at += size
        return _number(content, at - size, size)

    version, _ = take(1), take(3)
    sizes = take(2)
    offset_size, length_size, base_size, index_size = (
        sizes >> shift & 15 for shift in (12, 8, 4, 0)
    )
    for _ in range(take(2 if version < 2 else 4)):
        item = take(2 if version < 2 else 4)
        method = take(2) & 15 if version else _IN_FILE
        take(2)  # which file: this one
        base = take(base_size) + (idat[0] if method == _IN_IDAT else 0)
        limit = idat[1] if method == _IN_IDAT else len(content)
        spans: list[Span] = []
        parts = take(2)
        # Parts without offset and length are all the same one, however many are claimed.
        for _ in range(parts if offset_size or length_size else min(parts, 1)):
            take(index_size if version else 0)
            first = base + take(offset_size)
            length = take(length_size)
            spans.append((min(first, limit), min(first + length, limit) if length else limit))
            if at >= end:
                break
        if at > end:
            return
        if method in (_IN_FILE, _IN_IDAT):
            yield item, tuple(spans)
