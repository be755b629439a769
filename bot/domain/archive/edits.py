"""An edit of the canonical form, carried over to the file that was imported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from bot.domain.archive.filelines import FileLine, restyled, reworded

_Lines = Sequence[FileLine]


def carried_over(lines: _Lines, old: _Lines, new: _Lines) -> list[FileLine] | None:
    """The lines with the edits that make `new` of `old`, or None where one has no place in them.

    Lines that were not edited stay as they are; the others take the style of those around them.
    """
    places = _places(old, lines)
    edited: dict[int, FileLine | None] = {}
    added: defaultdict[int, list[FileLine]] = defaultdict(list)

    def add(line: FileLine, at: int) -> None:
        """The line comes after all that stands before `old[at]`."""
        place, after_a_gap = _anchor(places, old, at)
        if after_a_gap and line.words and not added[place]:
            added[place].append(FileLine())
        added[place].append(_in_style(line, at, lines, old, places))

    for _, i, i_end, j, j_end in _differences(old, new):
        paired = min(i_end - i, j_end - j)
        for at in range(i, i_end):
            line = new[j + at - i] if at < i + paired else None
            if line is not None and line.text == old[at].text:
                continue
            if at in places:
                came = lines[places[at]]
                if line is not None and line.words and not old[at].words:
                    styled = _in_style(line, at, lines, old, places)
                    edited[places[at]] = replace(styled, ending=came.ending)
                else:
                    edited[places[at]] = line and reworded(line, old[at], came)
            elif old[at].words:
                return None
            elif line is not None:
                add(line, at)
        run = new[j + paired : j_end]
        heading = _empty_section(run, lines, places)
        if heading is None:
            for line in run:
                add(line, i_end)
        else:
            added[heading] += _without_blank_end(run[1:])
    found = list(added[-1])
    for place, came in enumerate(lines):
        kept = edited.get(place, came)
        found += [*([kept] if kept is not None else []), *added[place]]
    return found


def _empty_section(run: _Lines, lines: _Lines, places: dict[int, int]) -> int | None:
    """Where the file has the heading with which the added lines begin, and nothing below it yet.

    The canonical form leaves empty sections out, so such a heading is the place of no old line.
    """
    if not run or not run[0].text.startswith("## "):
        return None
    taken = set(places.values())
    for place, line in enumerate(lines):
        if place not in taken and line.key == run[0].key and line.text.startswith("## "):
            return place
    return None


def _without_blank_end(run: _Lines) -> _Lines:
    end = len(run)
    while end and not run[end - 1].words:
        end -= 1
    return run[:end]


def _differences(one: _Lines, other: _Lines) -> Iterator[tuple[str, int, int, int, int]]:
    """What makes `other` of `one`, as `difflib.SequenceMatcher.get_opcodes` has it.

    Lines that are the same to the letter find each other first: the words alone, which stay when
    a list is numbered anew, may stand in many places.
    """
    words, other_words = _keys(one), _keys(other)
    for kind, i, i_end, j, j_end in _opcodes(_texts(one), _texts(other)):
        if kind == "replace":
            for inner, a, a_end, b, b_end in _opcodes(words[i:i_end], other_words[j:j_end]):
                yield inner, i + a, i + a_end, j + b, j + b_end
        else:
            yield kind, i, i_end, j, j_end


def _opcodes(one: list[str], other: list[str]) -> list[tuple[str, int, int, int, int]]:
    return list(SequenceMatcher(None, one, other, autojunk=False).get_opcodes())


def _places(old: _Lines, lines: _Lines) -> dict[int, int]:
    """Where each line of `old` stands in `lines`, for those that are found there."""
    places = {
        at: place
        for kind, i, i_end, j, j_end in _differences(old, lines)
        if kind == "equal"
        for at, place in zip(range(i, i_end), range(j, j_end), strict=True)
    }
    # What is left may stand elsewhere, where it is the only one of its words.
    wanted, given = _keys(old), _keys(lines)
    rest: defaultdict[str, list[int]] = defaultdict(list)
    for place in sorted(set(range(len(lines))) - set(places.values())):
        rest[given[place]].append(place)
    missed: defaultdict[str, list[int]] = defaultdict(list)
    for at in range(len(old)):
        if at not in places:
            missed[wanted[at]].append(at)
    for key, ats in missed.items():
        if len(ats) == 1 == len(rest[key]):
            places[ats[0]] = rest[key][0]
    return places


def _keys(lines: _Lines) -> list[str]:
    return _told_apart(line.key for line in lines)


def _texts(lines: _Lines) -> list[str]:
    return _told_apart(line.text if line.words else "" for line in lines)


def _told_apart(names: Iterable[str]) -> list[str]:
    """The names of lines, where an empty one belongs to the line above it."""
    keys, above = [], ""
    for name in names:
        above = name or above
        keys.append(name or f"\n{above}")
    return keys


def _anchor(places: dict[int, int], old: _Lines, at: int) -> tuple[int, bool]:
    """The place after which stands what comes before `old[at]`, -1 for none of them.

    Also whether `old` has an empty line between both that the lines do not have.
    """
    after_a_gap = False
    for above in range(at - 1, -1, -1):
        if above in places:
            return places[above], after_a_gap
        after_a_gap = after_a_gap or not old[above].words
    return -1, False


def _in_style(
    line: FileLine, at: int, lines: _Lines, old: _Lines, places: dict[int, int]
) -> FileLine:
    """The line as its nearest sibling in `old` came."""
    for near in (*range(at - 1, -1, -1), *range(at, len(old))):
        sibling = old[near]
        if (
            near in places
            and sibling.words
            and sibling.indent == line.indent
            and bool(sibling.marker) == bool(line.marker)
        ):
            return restyled(line, sibling, lines[places[near]])
    return line
