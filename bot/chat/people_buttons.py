"""The buttons about people, groups and invitations, and their data."""

from __future__ import annotations

from dataclasses import dataclass

from bot.chat.line_buttons import row_id
from bot.domain.entry import JournalId
from bot.services.inviting import InvitationId


@dataclass(frozen=True, slots=True)
class ShowPeople:
    """Show who may use the bot."""


@dataclass(frozen=True, slots=True)
class Revoke:
    """The link does not work any more; where it is on the list, that shows so."""

    invitation_id: InvitationId
    on_list: bool = False


@dataclass(frozen=True, slots=True)
class RemovePerson:
    """Show the person out; asked about until `sure`."""

    user_id: int
    sure: bool = False


@dataclass(frozen=True, slots=True)
class ShutGroup:
    """Show the group out; asked about until `sure`."""

    journal_id: JournalId
    sure: bool = False


PeopleButton = ShowPeople | Revoke | RemovePerson | ShutGroup


def pack_people_button(button: PeopleButton) -> str:
    """The button's data."""
    match button:
        case ShowPeople():
            return "a:list"
        case Revoke(number, on_list):
            return f"a:{'k' if on_list else 'r'}:{number}"
        case RemovePerson(number, sure):
            return f"a:{'P' if sure else 'p'}:{number}"
        case ShutGroup(number, sure):
            return f"a:{'G' if sure else 'g'}:{number}"


def unpack_people_button(rest: str) -> PeopleButton:
    """The button that was packed so. Raises ValueError for anything else."""
    kind, _, number = rest.partition(":")
    match kind:
        case "list":
            return ShowPeople()
        case "k" | "r":
            return Revoke(InvitationId(row_id(number)), kind == "k")
        case "p" | "P":
            return RemovePerson(row_id(number), kind == "P")
        case "g" | "G":
            return ShutGroup(JournalId(row_id(number)), kind == "G")
    raise ValueError(rest)
