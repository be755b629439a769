"""The place where a picture was taken, overwritten in its file; no other byte changes or moves.

Own code, because the known libraries encode the picture or its metadata anew.
Sources: TIFF 6.0 section 2 and BigTIFF (directories), Exif 2.32 section 4.6.6 (GPS), XMP part 1.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal


class StuckError(Exception):
    """There is a place, and it cannot be cut out."""


Span = tuple[int, int]
Cutter = Callable[[bytearray], None]
Block = tuple[Cutter, tuple[Span, ...]]


def cut_place(content: bytes, blocks: Iterable[Block]) -> bytes:
    """The file with the place cut out of its blocks, as long as before.

    A block is where its parts stand in the file, and what cuts them. Raises StuckError.
    """
    cut = bytearray(content)
    left = 2 * len(content)
    for cutter, spans in blocks:
        left -= sum(end - start for start, end in spans)
        if left < 0:  # only a made-up file uses the same bytes so often, to keep us busy
            raise StuckError
        joined = bytearray().join(cut[start:end] for start, end in spans)
        cutter(joined)
        at = 0
        for start, end in spans:
            cut[start:end] = joined[at : at + end - start]
            at += end - start
    return bytes(cut)


# --- XMP: attributes and elements -----------------------------------------------------------------

# Without a version number: that alone tells no place.
_GPS = rb"GPS(?!VersionID\b)[\w.-]*"
_ATTRIBUTE = re.compile(rb"(?<=[\s:])" + _GPS + rb"\s*=\s*(\"[^\"]*\"|'[^']*')", re.IGNORECASE)
_ELEMENT = re.compile(rb"<((?:[^\s<>/:=]+:)?" + _GPS + rb")((?:\s[^<>]*)?)>", re.IGNORECASE)
_VALUE = re.compile(rb"[\s:](?:value|resource)\s*=\s*(\"[^\"]*\"|'[^']*')")
_LONGEST_ELEMENT = 1024  # bytes; an end is not looked for any further away


def xmp_tells_place(xmp: bytes) -> bool:
    """Whether an XMP packet, in UTF-8 or UTF-16, has a value whose name begins with GPS."""
    plain = xmp.replace(b"\0", b"")
    return any(plain[start:end].strip() for start, end in _gps_values(plain))


def cut_xmp(block: bytearray) -> None:
    """Overwrites the values whose names begin with GPS with blanks. Raises StuckError."""
    for start, end in _gps_values(bytes(block)):
        block[start:end] = b" " * (end - start)
    if xmp_tells_place(bytes(block)):  # UTF-16, where a blank is no blank
        raise StuckError


def _gps_values(xmp: bytes) -> Iterator[Span]:
    for found in _ATTRIBUTE.finditer(xmp):
        yield found.start(1) + 1, found.end(1) - 1
    for found in _ELEMENT.finditer(xmp):
        for value in _VALUE.finditer(found[2]):
            at = found.start(2)
            yield at + value.start(1) + 1, at + value.end(1) - 1
        if not found[2].endswith(b"/"):
            at = found.end()
            end = xmp.find(b"</" + found[1], at, at + _LONGEST_ELEMENT)
            # All within goes, elements too: what is left is an element with a blank value.
            yield at, end if end != -1 else max(xmp.find(b"<", at, at + _LONGEST_ELEMENT), at)


# --- EXIF: a TIFF's directories -------------------------------------------------------------------

_HEAD = re.compile(rb"II[*+]\0|MM\0[*+]")
_FARTHEST_HEAD = 64  # bytes; `Exif\0\0` or an offset may stand before
_GPS_POINTER, _XMP = 0x8825, 0x02BC
_SUBIFDS = 0x014A
_DIRECTORIES = {_SUBIFDS, 0x8769, 0xA005}  # and those of Exif and Interoperability
_DATA = {
    0x0111: 0x0117,
    0x0144: 0x0145,
    0x0201: 0x0202,
}  # strips, tiles, thumbnail: where, how long
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4} | {
    16: 8, 17: 8, 18: 8
}  # fmt: skip
_MOST_GPS_ENTRIES = 64  # Exif knows 32


@dataclass(frozen=True, slots=True)
class _Entry:
    at: int
    tag: int
    size: int  # of one value
    value: Span

    @property
    def length(self) -> int:
        return self.value[1] - self.value[0]


@dataclass(frozen=True, slots=True)
class _Directory:
    at: int
    entries: list[_Entry]
    end: int  # of the entries
    chained: bool


def cut_exif(block: bytearray) -> None:
    """Takes GPS directories and their pointers out of an EXIF block or TIFF. Raises StuckError."""
    if head := _HEAD.search(block, 0, _FARTHEST_HEAD):
        # Offsets count from the head.
        tiff = _Tiff(block[head.start() :])
        tiff.cut()
        block[head.start() :] = tiff.data


@dataclass(slots=True)
class _Tiff:
    data: bytearray
    used: list[Span] = field(default_factory=list)
    tangled: bool = False

    def cut(self) -> None:
        """Cuts the place out of the data. Raises StuckError."""
        pointers: list[tuple[_Directory, _Entry]] = []
        packets: list[Span] = []
        private: list[Span] = []
        for directory in self.walk():
            for entry in directory.entries:
                if entry.tag == _GPS_POINTER and (spans := self.gps_spans(entry)):
                    pointers.append((directory, entry))
                    private += spans
                elif entry.value[0] != entry.at + self.width(8):
                    self.used.append(entry.value)
                if entry.tag == _XMP:
                    packets.append(entry.value)
        if pointers and (self.tangled or self.shared(private)):
            raise StuckError
        if sum(end - start for start, end in packets) > len(self.data):
            raise StuckError
        for start, end in private:
            self.data[start:end] = bytes(end - start)
        for directory, entry in reversed(pointers):
            self.remove(directory, entry)
        for start, end in packets:
            packet = self.data[start:end]
            cut_xmp(packet)
            self.data[start:end] = packet

    @property
    def order(self) -> Literal["little", "big"]:
        return "little" if self.data[0] == 0x49 else "big"

    @property
    def big(self) -> bool:
        return 0x2B in self.data[2:4]

    def width(self, small: int) -> int:
        """A field's size here: BigTIFF has wider ones."""
        return {2: 8, 4: 8, 8: 12, 12: 20}[small] if self.big else small

    def number(self, at: int, size: int) -> int:
        return int.from_bytes(self.data[at : at + size], self.order)

    def numbers(self, entry: _Entry) -> list[int]:
        size = entry.size or 1
        return [self.number(at, size) for at in range(entry.value[0], entry.value[1], size)]

    def walk(self) -> Iterator[_Directory]:
        """All directories but GPS ones, each once; ends where more is claimed than there is."""
        first = 8 if self.big else 4
        self.used.append((0, first + self.width(4)))
        waiting, seen = [(self.number(first, self.width(4)), True)], {0}
        left = 2 * len(self.data)
        while waiting:
            at, chained = waiting.pop()
            if at in seen or at >= len(self.data):
                continue
            seen.add(at)
            directory = self.read(at, chained=chained)
            by_tag = {entry.tag: entry for entry in directory.entries}
            tables = by_tag.keys() & (_DIRECTORIES | _DATA.keys() | set(_DATA.values()))
            left -= directory.end - at + sum(by_tag[tag].length for tag in tables)
            if left < 0:
                self.tangled = True
                return
            for tag in tables & _DIRECTORIES:
                waiting += [(offset, tag == _SUBIFDS) for offset in self.numbers(by_tag[tag])]
            for tag in tables & _DATA.keys():
                if _DATA[tag] in tables:
                    starts = self.numbers(by_tag[tag])
                    sizes = self.numbers(by_tag[_DATA[tag]])
                    self.used += [(at, at + size) for at, size in zip(starts, sizes, strict=False)]
            if chained:
                waiting.append((self.number(directory.end, self.width(4)), True))
            # A few writers leave out the offset behind a directory that is not in the chain.
            self.used.append((directory.at, directory.end + self.width(4) * chained))
            yield directory

    def read(self, at: int, *, chained: bool) -> _Directory:
        step, start = self.width(12), at + self.width(2)
        there = max(len(self.data) - start, 0) // step
        entries = []
        for number in range(min(self.number(at, self.width(2)), there)):
            place = start + number * step
            size = _SIZES.get(self.number(place + 2, 2), 0)
            length = size * self.number(place + 4, self.width(4))
            value = place + self.width(8)
            if length > self.width(4):
                value = self.number(value, self.width(4))
            inside = min(value, len(self.data)), min(value + length, len(self.data))
            entries.append(_Entry(place, self.number(place, 2), size, inside))
        return _Directory(at, entries, start + len(entries) * step, chained)

    def gps_spans(self, pointer: _Entry) -> list[Span]:
        """Where a GPS directory and its values stand; none: it tells no place."""
        at = self.number(pointer.value[0], min(pointer.size, pointer.length))
        if not 0 < at < len(self.data):
            return []
        directory = self.read(at, chained=False)
        if len(directory.entries) > _MOST_GPS_ENTRIES:
            raise StuckError
        if not any(entry.tag for entry in directory.entries):  # tag 0: the version alone
            return []
        return [(at, directory.end), *(entry.value for entry in directory.entries)]

    def shared(self, spans: list[Span]) -> bool:
        """Whether any of the bytes are used by something else."""
        edges: list[int] = []  # start, end, start, end: disjoint and rising
        for start, end in sorted(span for span in self.used if span[0] < span[1]):
            if edges and start <= edges[-1]:
                edges[-1] = max(edges[-1], end)
            else:
                edges += [start, end]
        free = (
            bisect_right(edges, start) == bisect_left(edges, end)
            and not bisect_left(edges, end) % 2
            for start, end in spans
            if start < end
        )
        return not all(free)

    def remove(self, directory: _Directory, entry: _Entry) -> None:
        """Moves up what follows the entry in its directory, and counts one less."""
        step, after = self.width(12), directory.end + self.width(4) * directory.chained
        moved = self.data[entry.at + step : after]
        self.data[entry.at : after] = moved.ljust(len(self.data[entry.at : after]), b"\0")
        wide = self.width(2)
        count = self.number(directory.at, wide) - 1
        self.data[directory.at : directory.at + wide] = count.to_bytes(wide, self.order)
