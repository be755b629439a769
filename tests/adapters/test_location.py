"""The place cut out of EXIF and XMP."""

from __future__ import annotations

import contextlib
import struct
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.adapters.pictures.containers import cut_location
from bot.adapters.pictures.location import StuckError, cut_exif, cut_place, cut_xmp, xmp_tells_place

ASCII, SHORT, LONG, RATIONAL = 2, 3, 4, 5
GPS_POINTER = 0x8825
PLACE = struct.pack("<LL", 599753, 20000)

Entry = tuple[int, int, int, int]  # tag, type, count, value or offset


def directory(*entries: Entry, order: str = "<", after: int = 0, big: bool = False) -> bytes:
    """A TIFF's directory, little-endian or not; `after`: where the next one stands."""
    count, entry, end = ("Q", "HHQQ", "Q") if big else ("H", "HHLL", "L")
    packed = b"".join(struct.pack(order + entry, *each) for each in entries)
    return struct.pack(order + count, len(entries)) + packed + struct.pack(order + end, after)


def tiff(
    *parts: tuple[int, bytes], order: str = "<", big: bool = False, length: int = 1200
) -> bytes:
    """A TIFF with its parts at their offsets; the first part is the first directory."""
    head = b"II" if order == "<" else b"MM"
    form = ("HHHQ", 43, 8, 0) if big else ("HL", 42)
    made = bytearray(head + struct.pack(order + form[0], *form[1:], parts[0][0]))
    made += bytes(length - len(made))
    for at, part in parts:
        made[at : at + len(part)] = part
    return bytes(made)


def cut(block: bytes) -> bytes:
    """The block without its place."""
    made = bytearray(block)
    cut_exif(made)
    return bytes(made)


def gps(value_at: int, **form: object) -> bytes:
    """A GPS directory with a latitude of two fractions."""
    return directory((2, RATIONAL, 2, value_at), **form)  # type: ignore[arg-type]  # passed on


@pytest.mark.parametrize("order", ["<", ">"])
def test_later_entries_move_up(order: str) -> None:
    """What follows the pointer in its directory moves up, the next directory's offset too."""
    value = struct.pack(order + "LL", 599753, 20000)
    before = ((0x0112, LONG, 1, 6), (GPS_POINTER, LONG, 1, 100), (0x9999, LONG, 1, 7))
    rest = (before[0], before[2])
    second = directory((0x0100, LONG, 1, 9), order=order)
    block = tiff(
        (8, directory(*before, order=order, after=200)),
        (100, gps(130, order=order)),
        (130, value),
        (200, second),
        order=order,
    )
    assert cut(block) == tiff(
        (8, directory(*rest, order=order, after=200)), (200, second), order=order
    )


@pytest.mark.parametrize("big", [False, True])
def test_all_pages_are_cut(big: bool) -> None:
    """Each page of a TIFF or BigTIFF loses its place, even one and the same."""
    pages = [
        (at, directory((1, LONG, 1, 5), (GPS_POINTER, LONG, 1, 300), after=after, big=big))
        for at, after in ((16, 100), (100, 200), (200, 0))
    ]
    gone = [
        (at, directory((1, LONG, 1, 5), after=after, big=big))
        for at, after in ((16, 100), (100, 200), (200, 0))
    ]
    block = tiff(*pages, (300, gps(380, big=big)), (380, PLACE), big=big)
    content = b"a head" + block
    assert cut_place(content, [(cut_exif, ((6, len(content)),))]) == b"a head" + tiff(
        *gone, big=big
    )
    assert cut_location(block, ".tiff") == tiff(*gone, big=big)


@pytest.mark.parametrize("tag", [0x8769, 0x014A])
def test_other_directories_are_cut(tag: int) -> None:
    """A place that stands in a directory below the first one is cut as well."""
    block = tiff(
        (8, directory((tag, LONG, 1, 50))),
        (50, directory((GPS_POINTER, LONG, 1, 100))),
        (100, gps(130)),
        (130, PLACE),
    )
    assert cut(block) == tiff((8, directory((tag, LONG, 1, 50))), (50, directory()))


@pytest.mark.parametrize("after", [8, 60])
def test_loops_end(after: int) -> None:
    """Directories that follow each other round and round are read once."""
    pointer = (GPS_POINTER, LONG, 1, 100)
    parts = ((60, directory((0x8769, LONG, 1, 8), after=8)), (100, gps(130)), (130, PLACE))
    block = tiff((8, directory(pointer, after=after)), *parts)
    assert cut(block) == tiff((8, directory(after=after)), parts[0])


@pytest.mark.parametrize(
    "parts",
    [
        # the latitude is also the maker's name, the pixels, the thumbnail, a part of the head
        ((8, directory((0x010F, ASCII, 8, 130), (GPS_POINTER, LONG, 1, 100))), (100, gps(130))),
        ((8, directory((0x0111, LONG, 1, 120), (0x0117, LONG, 1, 20), (GPS_POINTER, LONG, 1, 100))),
         (100, gps(130))),
        ((8, directory((0x0201, LONG, 1, 137), (0x0202, LONG, 1, 1), (GPS_POINTER, LONG, 1, 100))),
         (100, gps(130))),
        ((8, directory((GPS_POINTER, LONG, 1, 100))), (100, gps(2))),
        # the GPS directory is the first one, or the Exif one
        ((8, directory((GPS_POINTER, LONG, 1, 8))),),
        ((8, directory((0x8769, LONG, 1, 100), (GPS_POINTER, LONG, 1, 100))), (100, gps(130))),
        # more entries than there are GPS tags
        ((8, directory((GPS_POINTER, LONG, 1, 100))), (100, b"\xff\xff" + b"\1" * 1000)),
    ],
)  # fmt: skip
def test_shared_bytes_are_left(parts: tuple[tuple[int, bytes], ...]) -> None:
    """A place whose bytes something else uses stays, and is told of."""
    block = bytearray(tiff(*parts, (130, PLACE) if len(parts) > 1 else (390, b"")))
    before = bytes(block)
    with pytest.raises(StuckError):
        cut_exif(block)
    assert block == before


@pytest.mark.parametrize(
    "block",
    [
        b"",
        b"II*\0",
        tiff((5000, b"")),
        tiff((8, directory((GPS_POINTER, LONG, 1, 5000)))),
        tiff((8, directory((GPS_POINTER, LONG, 1, 0)))),
        # only the version of the GPS directory
        tiff((8, directory((GPS_POINTER, LONG, 1, 100))), (100, directory((0, 1, 4, 2)))),
        tiff((8, directory((1, LONG, 0xFFFFFFFF, 5), (0x8769, 99, 0xFFFFFFFF, 0xFFFFFFFF)))),
        tiff((8, b"\xff\xff" + b"\xff" * 380)),
    ],
)
def test_blocks_without_a_place_stay(block: bytes) -> None:
    """Nothing is cut where there is nothing, whatever the offsets."""
    assert cut(block) == block


def test_tangled_directories_take_no_time() -> None:
    """Thousands of directories that claim the same bytes are not read to the end."""
    block = bytearray(b"II*\0\x08\0\0\0" + struct.pack("<H", 40_000) * 200_000)
    with contextlib.suppress(StuckError):
        cut_exif(block)


@given(st.binary(max_size=200), st.sampled_from([b"II*\0\x08\0\0\0", b"MM\0*\0\0\0\x08", b"II+\0"]))
def test_no_block_is_a_fault(tail: bytes, head: bytes) -> None:
    """Whatever the bytes, the length stays and a block twice cut is a block once cut."""
    try:
        once = cut(head + tail)
    except StuckError:
        return
    assert len(once) == len(head + tail)
    assert cut(once) == once


@given(st.binary(min_size=0, max_size=60), st.integers(100, 250))
def test_places_are_found_behind_anything(noise: bytes, at: int) -> None:
    """A reader finds no place where one has been cut, and what stands between stays."""
    block = tiff(
        (8, directory((GPS_POINTER, LONG, 1, at))), (30, noise), (at, gps(380)), (380, PLACE)
    )
    made = bytearray(b"Exif\0\0" + block)
    cut_exif(made)
    assert PLACE not in made
    exif = Image.Exif()
    exif.load(bytes(made))
    assert exif.get_ifd(GPS_POINTER) == {}
    assert made[36 : 36 + len(noise)] == noise


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b'<a exif:GPSLatitude="48,5N" b="1">', b'<a exif:GPSLatitude="     " b="1">'),
        (b"<a\nGPSLatitude = '48,5N'/>", b"<a\nGPSLatitude = '     '/>"),
        (b'<a drone-dji:GpsLongitude="+2.5"/>', b'<a drone-dji:GpsLongitude="    "/>'),
        (b"<e:GPSLatitude>48,5N</e:GPSLatitude>", b"<e:GPSLatitude>     </e:GPSLatitude>"),
        (b'<e:gpsx xml:lang="x">4</e:gpsx>', b'<e:gpsx xml:lang="x"> </e:gpsx>'),
        (b"<GPSx><li>4</li></GPSx>", b"<GPSx>          </GPSx>"),
        (b"<GPSx><![CDATA[4]]></GPSx>", b"<GPSx>             </GPSx>"),
        (b'<e:GPSx rdf:value="4"/>', b'<e:GPSx rdf:value=" "/>'),
        (b"<GPSx>4<b>", b"<GPSx> <b>"),
    ],
)
def test_values_in_xmp_are_blank(before: bytes, after: bytes) -> None:
    """Values of attributes and elements whose names begin with GPS are blanks afterwards."""
    block = bytearray(before)
    assert xmp_tells_place(before)
    cut_xmp(block)
    assert bytes(block) == after
    assert not xmp_tells_place(after)


@pytest.mark.parametrize(
    "xmp",
    [
        b"",
        b'<a exif:GPSVersionID="2.3.0.0"/>',
        b"<e:GPSVersionID>2.3.0.0</e:GPSVersionID>",
        b'<a b="GPSLatitude" myGPSx="1" c:noGPS="2"/>',
        b"<title>GPS</title>",
        b'<e:GPSLatitude></e:GPSLatitude><a e:GPSx=""/>',
    ],
)
def test_other_xmp_stays(xmp: bytes) -> None:
    """XMP that tells no place stays as it is."""
    block = bytearray(xmp)
    cut_xmp(block)
    assert bytes(block) == xmp
    assert not xmp_tells_place(xmp)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_wide_xmp_is_told(encoding: str) -> None:
    """A place in UTF-16 cannot be cut, and is told of."""
    with pytest.raises(StuckError):
        cut_xmp(bytearray('<a exif:GPSLatitude="48,5N"/>'.encode(encoding)))


@pytest.mark.parametrize(
    "xmp", [b"<e:GPSa>" * 200_000, b":GPSa='\"" * 200_000, b" GPS" * 200_000, b"<GPS " * 200_000]
)
def test_odd_xmp_takes_no_time(xmp: bytes) -> None:
    """Long texts that look like places are read once."""
    cut_xmp(bytearray(xmp))


@given(st.text(alphabet="<>/:='\" GPSa!&;", max_size=60))
def test_no_xmp_is_a_fault(text: str) -> None:
    """Whatever the text, the length stays and no place is left."""
    block = bytearray(text.encode())
    cut_xmp(block)
    assert len(block) == len(text.encode())
    assert not xmp_tells_place(bytes(block))


def test_blocks_that_share_bytes_are_refused() -> None:
    """A file that uses the same bytes in block after block is not worked through."""
    content = bytes(1000)
    with pytest.raises(StuckError):
        cut_place(content, [(cut_xmp, ((0, 1000),))] * 5)


def test_pillow_and_the_cutter_agree() -> None:
    """A TIFF's place that Pillow finds is the one that is cut."""
    buffer = BytesIO()
    exif = Image.Exif()
    exif.get_ifd(GPS_POINTER)[29] = "2023:10:04"
    Image.new("L", (5, 5)).save(buffer, "TIFF", exif=exif.tobytes())
    content = buffer.getvalue()
    assert b"2023:10:04" in content
    gone = cut_location(content, ".tiff")
    assert b"2023:10:04" not in gone
    assert len(gone) == len(content)
