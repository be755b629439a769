"""The buttons of outlines and cards, and their data; each tells what was shown of its line."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.entry import EntryId, NodeId
from bot.domain.grammar.calendar import week_of_key
from bot.domain.outlining.fingerprints import LENGTH
from bot.domain.week import IsoWeek


class Act(StrEnum):
    """What a button does to the line it carries."""

    CARD = "c"
    UP = "u"
    DOWN = "d"
    IN = "i"
    OUT = "o"
    SECTIONS = "s"
    WEEKS = "w"
    TYPE_WEEK = "t"
    EDIT = "e"
    DELETE = "x"
    RESTORE = "r"


@dataclass(frozen=True, slots=True)
class OnLine:
    """Do that to the line, if it is still as it was shown."""

    act: Act
    node_id: NodeId
    shown: str


@dataclass(frozen=True, slots=True)
class LineToSection:
    """Move the line to the section whose key has that print, if it is still as it was shown."""

    node_id: NodeId
    shown: str
    section: str


@dataclass(frozen=True, slots=True)
class LineToWeek:
    """Move the line to that week, if it is still as it was shown."""

    node_id: NodeId
    shown: str
    week: IsoWeek


@dataclass(frozen=True, slots=True)
class TurnTo:
    """Show that page of the week's outline in this message."""

    week: IsoWeek
    page: int = 0


@dataclass(frozen=True, slots=True)
class DoAsked:
    """Do what this message has asked about."""


@dataclass(frozen=True, slots=True)
class ShowDeleted:
    """Show in this message what was deleted in the week."""

    week: IsoWeek


@dataclass(frozen=True, slots=True)
class PutBack:
    """Put the deleted message of the week back, or a line of it."""

    week: IsoWeek
    entry_id: EntryId
    node_id: NodeId | None = None


LineButton = OnLine | LineToSection | LineToWeek | TurnTo | DoAsked | ShowDeleted | PutBack

_SECTION = "m"
_WEEK = "k"
_PAGE = "p"
_ASKED = "y"
_DELETED = "n"
_BACK = "b"
_MOST_PAGES = 10_000


def pack_line_button(button: LineButton) -> str:
    """The button's data."""
    match button:
        case OnLine(act, node_id, shown):
            return f"{act}:{node_id}:{shown}"
        case LineToSection(node_id, shown, section):
            return f"{_SECTION}:{node_id}:{shown}:{section}"
        case LineToWeek(node_id, shown, week):
            return f"{_WEEK}:{node_id}:{shown}:{week}"
        case TurnTo(week, page):
            return f"{_PAGE}:{week}:{page}"
        case DoAsked():
            return _ASKED
        case ShowDeleted(week):
            return f"{_DELETED}:{week}"
        case PutBack(week, entry_id, None):
            return f"{_BACK}:{week}:{entry_id}"
        case PutBack(week, entry_id, node_id):
            return f"{_BACK}:{week}:{entry_id}:{node_id}"


def unpack_line_button(data: str) -> LineButton:
    """The button that was packed so. Raises ValueError for anything else."""
    kind, *fields = data.split(":")
    match kind, fields:
        case "m", [node_id, shown, section]:
            return LineToSection(_node_id(node_id), _shown(shown), section)
        case "k", [node_id, shown, week]:
            return LineToWeek(_node_id(node_id), _shown(shown), week_of_key(week))
        case "p", [week, page]:
            return TurnTo(week_of_key(week), page_number(page))
        case "y", []:
            return DoAsked()
        case "n", [week]:
            return ShowDeleted(week_of_key(week))
        case "b", [week, entry_id]:
            return PutBack(week_of_key(week), EntryId(row_id(entry_id)))
        case "b", [week, entry_id, node_id]:
            return PutBack(week_of_key(week), EntryId(row_id(entry_id)), _node_id(node_id))
        case _, [node_id, shown]:
            return OnLine(Act(kind), _node_id(node_id), _shown(shown))
    raise ValueError(data)


def page_number(digits: str) -> int:
    """Raises ValueError for what is no page."""
    number = int(digits)
    if not 0 <= number < _MOST_PAGES:
        raise ValueError(digits)
    return number


def row_id(digits: str) -> int:
    """Raises ValueError for what is no id of the database's (63 bits)."""
    number = int(digits)
    if not 0 < number < 2**63:
        raise ValueError(digits)
    return number


def _node_id(digits: str) -> NodeId:
    return NodeId(row_id(digits))


def _shown(print_: str) -> str:
    if len(print_) != LENGTH:
        raise ValueError(print_)
    return print_
