"""The title of a report, from a template."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from bot.domain.parse import parse
from bot.domain.week import IsoWeek

FIELDS = ("year", "week", "week_zh", "month", "week_of_month_zh", "first_day", "last_day")

READY_TITLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "zh": (
            "{year} 年第{week}周周报",
            "{year} 年第{week_zh}周",
            "{year} 年 {month} 月第{week_of_month_zh}周",
            "{first_day} 至 {last_day}",
        ),
        "en": (
            "{year} week {week}",
            "Week {week} of {year}",
            "{first_day} to {last_day}",
        ),
    }
)
"""Templates that many people like, by language."""

_PIECE = re.compile(r"(?P<brace>\{\{|\}\})|\{(?P<field>[^{}]*)\}|(?P<unclosed>\{)")
_FIELD = re.compile(r"\s*(?P<name>\w+?)\s*(?P<offset>[+-]\s*[0-9]{1,6})?\s*", re.ASCII)
_DAYS = frozenset({"first_day", "last_day"})
_SAMPLE = IsoWeek(2023, 40)


class TitleFault(StrEnum):
    """Kinds of faults, each of which people are told in words of its own."""

    UNKNOWN_FIELD = "unknown_field"
    NO_OFFSET = "no_offset"
    """An offset on a day, which takes none."""
    UNCLOSED = "unclosed"
    """A brace that opens and is not closed."""
    EMPTY = "empty"
    NO_TITLE = "no_title"
    """The result is no heading on one line, or not this one."""


class TitleTemplateError(ValueError):
    """A title template with a fault: which kind, the words at fault and where they begin.

    `position` counts characters of the template from 0. `FIELDS` are the fields there are.
    """

    def __init__(self, fault: TitleFault, words: str, position: int = 0) -> None:
        super().__init__(f"{fault} at {position}: {words!r}")
        self.fault = fault
        self.words = words
        self.position = position


@dataclass(frozen=True, slots=True)
class _Field:
    """A field of a template as it was written, `offset` 0 where it has none."""

    name: str
    offset: int


def week_title(template: str, week: IsoWeek) -> str:
    """The template with its fields filled in.

    Fields: `year`, `week`, `week_zh` (四十), `month`, `week_of_month_zh` (一), `first_day`,
    `last_day`; a number takes an offset, `{week-35}`. Doubled braces are braces. The month of a
    week is that of its Sunday, and so is the year where the week has no other number: 2022-W52
    ends on the first Sunday of January 2023. Raises TitleTemplateError.
    """
    pieces = _pieces(template)
    names = {piece.name for piece in pieces if isinstance(piece, _Field)}
    by_month = bool(names & {"month", "week_of_month_zh"}) and not names & {"week", "week_zh"}
    return "".join(
        piece if isinstance(piece, str) else _filled(piece, week, by_month=by_month)
        for piece in pieces
    )


def check_title_template(template: str) -> None:
    """Raises TitleTemplateError unless the template gives titles that a report can have."""
    title = week_title(template, _SAMPLE)
    if not title.strip():
        raise TitleTemplateError(TitleFault.EMPTY, template)
    if parse(f"# {title}\n").title != title.strip():
        raise TitleTemplateError(TitleFault.NO_TITLE, title)


def chinese_number(number: int) -> str:
    """A number from 0 to 99 in Chinese, others in digits."""
    digits = "零一二三四五六七八九"
    if not 0 <= number <= 99:
        return str(number)
    tens, ones = divmod(number, 10)
    if not tens:
        return digits[ones]
    return (digits[tens] if tens > 1 else "") + "十" + (digits[ones] if ones else "")


def _pieces(template: str) -> list[str | _Field]:
    """The template's words and fields in their order."""
    pieces: list[str | _Field] = []
    at = 0
    for match in _PIECE.finditer(template):
        pieces.append(template[at : match.start()])
        at = match.end()
        if match["unclosed"]:
            raise TitleTemplateError(TitleFault.UNCLOSED, template[match.start() :], match.start())
        pieces.append(match["brace"][0] if match["brace"] else _field(match))
    return [*pieces, template[at:]]


def _field(match: re.Match[str]) -> _Field:
    field = _FIELD.fullmatch(match["field"])
    if field is None or field["name"] not in FIELDS:
        raise TitleTemplateError(TitleFault.UNKNOWN_FIELD, match[0], match.start())
    if field["offset"] and field["name"] in _DAYS:
        raise TitleTemplateError(TitleFault.NO_OFFSET, match[0], match.start())
    return _Field(field["name"], int("".join((field["offset"] or "0").split())))


def _filled(field: _Field, week: IsoWeek, *, by_month: bool) -> str:
    sunday = week.last_day
    match field.name:
        case "year":
            return str((sunday.year if by_month else week.year) + field.offset)
        case "month":
            return str(sunday.month + field.offset)
        case "week":
            return str(week.number + field.offset)
        case "week_zh":
            return chinese_number(week.number + field.offset)
        case "week_of_month_zh":
            # The n-th Sunday of a month falls on one of its days 7n-6 to 7n.
            return chinese_number((sunday.day + 6) // 7 + field.offset)
        case "first_day":
            return str(week.first_day)
        case _:
            return str(sunday)
