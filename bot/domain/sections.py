"""A journal's sections, changed: added, renamed, moved, ended. Pure.

A section's key never changes, so whatever was filed under it stays there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum

from bot.domain.entry import SectionSpec
from bot.domain.grammar.tags import PART_NAMES
from bot.domain.parse import parse

Sections = tuple[SectionSpec, ...]

LONGEST_HEADING = 40
LONGEST_TAG = 32
MOST_SECTIONS = 12

# Nobody types it by accident: a key is a tag as well.
_KEY = re.compile(r"s·([0-9]+)\Z")
_TAG = re.compile(r"(?=.*[^\W\d_])[^\s#＃@/:：,，、;；]+\Z")
_SEPARATORS = re.compile(r"[\s,，、;；]+")


class SectionFault(StrEnum):
    """Kinds of faults, each of which people are told in words of its own."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    NO_HEADING = "no_heading"
    """The words make no heading on one line, or not this one."""
    HEADING_TAKEN = "heading_taken"
    NO_TAG = "no_tag"
    """The words can be no tag."""
    TAG_TAKEN = "tag_taken"
    """Another section, or a part of the report, has that tag."""
    TOO_MANY = "too_many"
    LAST = "last"
    """A journal keeps one section."""
    GONE = "gone"
    """Somebody has deleted it meanwhile."""


class SectionError(ValueError):
    """A section cannot be so: which kind of fault, and the words at fault."""

    def __init__(self, fault: SectionFault, words: str = "") -> None:
        super().__init__(f"{fault}: {words!r}")
        self.fault = fault
        self.words = words


def active(sections: Iterable[SectionSpec]) -> Sections:
    """Those that can be written to."""
    return tuple(spec for spec in sections if not spec.is_ended)


def tags_in(words: str) -> tuple[str, ...]:
    """The tags named in the words, with or without their sign, each once. Raises SectionError."""
    tags = [tag.lstrip("#＃").lower() for tag in _SEPARATORS.split(words) if tag]
    for tag in tags:
        if len(tag) > LONGEST_TAG or not _TAG.match(tag):
            raise SectionError(SectionFault.NO_TAG, tag)
    return tuple(dict.fromkeys(tags))


def check_heading(heading: str) -> None:
    """Raises SectionError unless a report can have such a heading and still be read back."""
    if not heading:
        raise SectionError(SectionFault.EMPTY)
    if len(heading) > LONGEST_HEADING:
        raise SectionError(SectionFault.TOO_LONG, heading)
    read = parse(f"# t\n\n## {heading}\n\n1. i\n", summary_headings=())
    if [section.heading for section in read.sections] != [heading]:
        raise SectionError(SectionFault.NO_HEADING, heading)


def added(sections: Sections, words: str, taken: Iterable[str] = ()) -> Sections:
    """With one more section at the end: `读书 #读书 #books`, heading and tags.

    Its heading is one of its tags where it can be, and without others has to be. One that was
    ended and has that heading begins anew. `taken` are headings it cannot have. Raises
    SectionError.
    """
    heading, sign, rest = words.replace("＃", "#").partition(" #")
    heading = heading.strip()
    if heading.startswith("#") and not sign:
        heading = heading.lstrip("#").strip()
    ended = next((s for s in sections if s.is_ended and s.heading == heading), None)
    if ended is not None and not sign:
        return resumed(sections, ended.key)
    _check_free(sections, heading, taken)
    if len(active(sections)) >= MOST_SECTIONS:
        raise SectionError(SectionFault.TOO_MANY, heading)
    tags = tags_in(f"#{rest}" if sign else "".join(heading.split()))
    _check_tags(sections, tags)
    numbers = [int(match[1]) for spec in sections if (match := _KEY.match(spec.key))]
    key = f"s·{max(numbers, default=0) + 1}"
    return (*sections, _tagged_by_name(SectionSpec(key, heading, tags), sections))


def renamed(sections: Sections, key: str, heading: str, taken: Iterable[str] = ()) -> Sections:
    """With that heading over the section, and the one before remembered.

    It keeps its tags, and has its name for one where that can be. Raises SectionError.
    """
    _check_there(sections, key)
    heading = heading.strip()
    others = tuple(spec for spec in sections if spec.key != key)
    _check_free(others, heading, taken)
    return tuple(
        _tagged_by_name(_called(spec, heading), others) if spec.key == key else spec
        for spec in sections
    )


def retagged(sections: Sections, key: str, tags: tuple[str, ...]) -> Sections:
    """With those tags for the section. Raises SectionError."""
    _check_there(sections, key)
    _check_tags((spec for spec in sections if spec.key != key), tags)
    return tuple(_tagged(spec, tags) if spec.key == key else spec for spec in sections)


def moved(sections: Sections, key: str, by: int) -> Sections:
    """With the section so many places further down among the active ones, as far as there are."""
    order = [spec.key for spec in active(sections)]
    if key not in order:
        return sections
    at = order.index(key)
    to = min(max(at + by, 0), len(order) - 1)
    order.insert(to, order.pop(at))
    specs = {spec.key: spec for spec in sections}
    # The ended ones keep their places, and with them old reports their order.
    following = iter(order)
    return tuple(spec if spec.is_ended else specs[next(following)] for spec in sections)


def ended(sections: Sections, key: str, *, leaves: bool) -> Sections:
    """Without the section for new entries; it stays for old ones where it `leaves` any.

    Raises SectionError for the last one.
    """
    if [spec.key for spec in active(sections)] == [key]:
        raise SectionError(SectionFault.LAST)
    if not leaves:
        return tuple(spec for spec in sections if spec.key != key)
    return tuple(replace(s, is_ended=True) if s.key == key else s for s in sections)


def resumed(sections: Sections, key: str) -> Sections:
    """With the ended section active again, with what is still free of its tags.

    Raises SectionError where there are too many.
    """
    if len(active(sections)) >= MOST_SECTIONS:
        raise SectionError(SectionFault.TOO_MANY)
    used = {name for spec in active(sections) for name in names_of(spec)}
    return tuple(
        replace(s, is_ended=False, tags=tuple(t for t in s.tags if t not in used))
        if s.key == key
        else s
        for s in sections
    )


def names_of(spec: SectionSpec) -> tuple[str, ...]:
    """All tags of a section, its key among them where that is a word."""
    own = () if _KEY.match(spec.key) else (spec.key.lower(),)
    return tuple(dict.fromkeys((*own, *spec.tags)))


def of_all_times(sections: Sections) -> Sections:
    """The sections with every tag they ever had, by which old messages are to be read.

    What a tag means now comes before what it meant.
    """
    then = tuple(
        replace(spec, tags=(*spec.tags, *spec.former_tags), is_ended=False) for spec in sections
    )
    return (*active(sections), *then)


def _tagged(spec: SectionSpec, tags: tuple[str, ...]) -> SectionSpec:
    before = dict.fromkeys((*spec.former_tags, *spec.tags))
    return replace(spec, tags=tags, former_tags=tuple(t for t in before if t not in tags))


def _tagged_by_name(spec: SectionSpec, others: Iterable[SectionSpec]) -> SectionSpec:
    """The section, with its name as a tag where it can be one and nothing else has it."""
    name = spec.heading.lower()
    can_be = len(name) <= LONGEST_TAG and _TAG.match(name) is not None
    if not can_be or name in names_of(spec) or name in _used(others):
        return spec
    return _tagged(spec, (*spec.tags, name))


def _used(others: Iterable[SectionSpec]) -> frozenset[str]:
    return frozenset(name for spec in active(others) for name in names_of(spec)) | PART_NAMES


def _called(spec: SectionSpec, heading: str) -> SectionSpec:
    former = dict.fromkeys((*spec.former, spec.heading))
    former.pop(heading, None)
    return replace(spec, heading=heading, former=tuple(former))


def _check_there(sections: Sections, key: str) -> None:
    if key not in {spec.key for spec in sections}:
        raise SectionError(SectionFault.GONE, key)


def _check_free(others: Sections, heading: str, taken: Iterable[str]) -> None:
    check_heading(heading)
    if heading in {spec.heading for spec in others} or heading in set(taken):
        raise SectionError(SectionFault.HEADING_TAKEN, heading)


def _check_tags(others: Iterable[SectionSpec], tags: tuple[str, ...]) -> None:
    if not tags:
        raise SectionError(SectionFault.EMPTY)
    used = _used(others)
    for tag in tags:
        if tag in used:
            raise SectionError(SectionFault.TAG_TAKEN, tag)
