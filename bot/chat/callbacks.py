"""Buttons as typed values, packed into the few bytes that Telegram carries for them."""

from __future__ import annotations

from dataclasses import dataclass

from telegram.constants import InlineKeyboardButtonLimit

from bot.chat.forget_buttons import ForgetAll, pack_forget_button, unpack_forget_button
from bot.chat.line_buttons import LineButton, pack_line_button, row_id, unpack_line_button
from bot.chat.people_buttons import (
    PeopleButton,
    RemovePerson,
    Revoke,
    ShowPeople,
    ShutGroup,
    pack_people_button,
    unpack_people_button,
)
from bot.chat.search_buttons import FoundLine, SearchPages, pack_search_button, unpack_search_button
from bot.chat.settings.names import Setting
from bot.chat.stats_buttons import ShowStats, pack_stats_button, unpack_stats_button
from bot.chat.week_buttons import (
    FinishWeek,
    ListWeek,
    PageWeeks,
    RefreshWeek,
    ReopenWeek,
    WeekButton,
    WritePart,
    pack_week_button,
    unpack_week_button,
)
from bot.domain.changes import ChangeId
from bot.domain.entry import EntryId
from bot.domain.grammar.calendar import week_of_key
from bot.domain.week import IsoWeek
from bot.services.returning.offering import OfferId


@dataclass(frozen=True, slots=True)
class FileEntry:
    """Put the entry into the section with that key."""

    entry_id: EntryId
    section: str


@dataclass(frozen=True, slots=True)
class DiscardEntry:
    """Take the entry out of the report."""

    entry_id: EntryId


@dataclass(frozen=True, slots=True)
class RestoreEntry:
    """Bring the entry back."""

    entry_id: EntryId


@dataclass(frozen=True, slots=True)
class StickSection:
    """Put the next messages of the entry's author into that section too."""

    entry_id: EntryId
    section: str


@dataclass(frozen=True, slots=True)
class Unstick:
    """Put the person's next messages where they say; the button stood on that entry's question."""

    author_id: int
    entry_id: EntryId | None = None


@dataclass(frozen=True, slots=True)
class ShowWeek:
    """Send the report of the week."""

    week: IsoWeek


@dataclass(frozen=True, slots=True)
class SendFile:
    """Send the file of the week; `bare` without its pictures."""

    week: IsoWeek
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Redo:
    """Make the change again that was taken back."""

    change_id: ChangeId


@dataclass(frozen=True, slots=True)
class OpenSetting:
    """Show the setting's page; `about` is the key of the section it is about, if it is one."""

    setting: Setting
    about: str = ""


@dataclass(frozen=True, slots=True)
class ChangeSetting:
    """Set the setting to that value, in the words in which it can also be typed."""

    setting: Setting
    value: str


@dataclass(frozen=True, slots=True)
class TypeSetting:
    """Ask for the setting's value in a reply."""

    setting: Setting
    about: str = ""


@dataclass(frozen=True, slots=True)
class ApplyOffer:
    """Make the weeks what the file says."""

    offer_id: OfferId


@dataclass(frozen=True, slots=True)
class LeaveOffer:
    """Leave the weeks as they are."""

    offer_id: OfferId


@dataclass(frozen=True, slots=True)
class FetchOffer:
    """Fetch the file once more."""

    offer_id: OfferId


OFFERS = "^o[alf]:"
"""The data of the buttons about files that came back, as a pattern."""

Button = (
    FileEntry
    | DiscardEntry
    | RestoreEntry
    | StickSection
    | Unstick
    | ShowWeek
    | SendFile
    | Redo
    | OpenSetting
    | ChangeSetting
    | TypeSetting
    | WeekButton
    | LineButton
    | ApplyOffer
    | LeaveOffer
    | FetchOffer
    | FoundLine
    | SearchPages
    | ShowStats
    | PeopleButton
    | ForgetAll
)


class TooLongForButtonError(ValueError):
    """The value does not fit into a button."""


def pack(button: Button) -> str:
    """The button's data. Raises TooLongForButtonError above Telegram's limit (64 bytes)."""
    match button:
        case FileEntry(entry_id, section):
            data = f"f:{entry_id}:{section}"
        case DiscardEntry(entry_id):
            data = f"d:{entry_id}"
        case RestoreEntry(entry_id):
            data = f"b:{entry_id}"
        case StickSection(entry_id, section):
            data = f"s:{entry_id}:{section}"
        case Unstick(author_id, about):
            data = f"u:{author_id}:{about or ''}"
        case ShowWeek(week):
            data = f"w:{week}"
        case SendFile(week, bare):
            data = f"{'m' if bare else 'z'}:{week}"
        case Redo(change_id):
            data = f"r:{change_id}"
        case OpenSetting(setting, value):
            data = f"o:{setting}:{value}"
        case ChangeSetting(setting, value):
            data = f"c:{setting}:{value}"
        case TypeSetting(setting, value):
            data = f"t:{setting}:{value}"
        case ApplyOffer(offer_id):
            data = f"oa:{offer_id}"
        case LeaveOffer(offer_id):
            data = f"ol:{offer_id}"
        case FetchOffer(offer_id):
            data = f"of:{offer_id}"
        case FoundLine() | SearchPages():
            data = pack_search_button(button)
        case ShowPeople() | Revoke() | RemovePerson() | ShutGroup():
            data = pack_people_button(button)
        case ForgetAll():
            data = pack_forget_button(button)
        case ShowStats():
            data = pack_stats_button(button)
        case ListWeek() | RefreshWeek() | FinishWeek() | ReopenWeek() | WritePart() | PageWeeks():
            data = pack_week_button(button)
        case _:
            data = f"e:{pack_line_button(button)}"
    if len(data.encode()) > InlineKeyboardButtonLimit.MAX_CALLBACK_DATA:
        raise TooLongForButtonError(data)
    return data


def unpack(data: str) -> Button | None:
    """The button that was packed so; None for anything else, such as data made up by others."""
    kind, _, rest = data.partition(":")
    try:
        match kind:
            case "f" | "s":
                number, _, section = rest.partition(":")
                made = FileEntry if kind == "f" else StickSection
                return made(_entry_id(number), section)
            case "u":
                number, _, about = rest.partition(":")
                return Unstick(int(number), _entry_id(about) if about else None)
            case "d":
                return DiscardEntry(_entry_id(rest))
            case "b":
                return RestoreEntry(_entry_id(rest))
            case "w":
                return ShowWeek(week_of_key(rest))
            case "m" | "z":
                return SendFile(week_of_key(rest), bare=kind == "m")
            case "r":
                return Redo(ChangeId(row_id(rest)))
            case "o" | "c" | "t":
                name, _, value = rest.partition(":")
                return _about_a_setting(kind, Setting(name), value)
            case "l" | "fresh" | "done" | "open" | "weeks" | "part":
                return unpack_week_button(kind, rest)
            case "e":
                return unpack_line_button(rest)
            case "a":
                return unpack_people_button(rest)
            case "v":
                return unpack_forget_button(rest)
            case "n":
                return unpack_stats_button(rest)
            case "q":
                return unpack_search_button(rest)
            case "oa":
                return ApplyOffer(OfferId(row_id(rest)))
            case "ol":
                return LeaveOffer(OfferId(row_id(rest)))
            case "of":
                return FetchOffer(OfferId(row_id(rest)))
    except ValueError:
        return None
    return None


def _about_a_setting(kind: str, setting: Setting, value: str) -> Button:
    match kind:
        case "o":
            return OpenSetting(setting, value)
        case "c":
            return ChangeSetting(setting, value)
        case _:
            return TypeSetting(setting, value)


def _entry_id(digits: str) -> EntryId:
    return EntryId(row_id(digits))
