"""Buttons pressed by those whom they are not for: nothing changes, and nothing is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final, get_args

import pytest

from bot.chat.callbacks import (
    ApplyOffer,
    Button,
    ChangeSetting,
    DiscardEntry,
    FetchOffer,
    FileEntry,
    LeaveOffer,
    OpenSetting,
    Redo,
    RestoreEntry,
    SendFile,
    ShowWeek,
    StickSection,
    TypeSetting,
    Unstick,
    pack,
)
from bot.chat.forget_buttons import ForgetAll
from bot.chat.line_buttons import (
    Act,
    DoAsked,
    LineToSection,
    LineToWeek,
    OnLine,
    PutBack,
    ShowDeleted,
    TurnTo,
)
from bot.chat.people_buttons import RemovePerson, Revoke, ShowPeople, ShutGroup
from bot.chat.search_buttons import FoundLine, SearchPages
from bot.chat.settings.names import Setting
from bot.chat.stats_buttons import ShowStats
from bot.chat.week_buttons import (
    FinishWeek,
    ListWeek,
    PageWeeks,
    RefreshWeek,
    ReopenWeek,
    WritePart,
)
from bot.domain.changes import ChangeId
from bot.domain.entry import EntryId, JournalId, NodeId, Part
from bot.domain.outlining.fingerprints import section_print
from bot.services.inviting import InvitationId
from bot.services.returning.offering import OfferId
from bot.services.searching import SearchId
from tests.e2e.attacks.stage import (
    COLLEAGUE,
    MEMBER,
    SECRET,
    STRANGER,
    VICTIM,
    WEEK,
    Json,
    Stage,
    Victim,
    is_told,
    sender,
)

pytestmark = [pytest.mark.asyncio(loop_scope="package"), pytest.mark.attack]

_NOWHERE: Final = 2**62

Make = Callable[[Victim], Button]

# Those that name something by its number: where they are pressed must not matter.
_NAMING: Final[dict[str, Make]] = {
    "FileEntry": lambda v: FileEntry(v.entry, "tech"),
    "DiscardEntry": lambda v: DiscardEntry(v.entry),
    "RestoreEntry": lambda v: RestoreEntry(v.deleted),
    "StickSection": lambda v: StickSection(v.entry, "tech"),
    "Unstick": lambda v: Unstick(VICTIM, v.untagged),
    "Unstick, the presser": lambda v: Unstick(MEMBER, v.untagged),
    "Redo": lambda v: Redo(ChangeId(v.change)),
    "LineToSection": lambda v: LineToSection(v.node, v.shown, section_print("tech")),
    "LineToWeek": lambda v: LineToWeek(v.node, v.shown, WEEK.shifted(-1)),
    "PutBack": lambda v: PutBack(WEEK, v.deleted),
    "PutBack a line": lambda v: PutBack(WEEK, v.deleted, v.node),
    "ApplyOffer": lambda v: ApplyOffer(OfferId(v.offer)),
    "LeaveOffer": lambda v: LeaveOffer(OfferId(v.offer)),
    "FetchOffer": lambda v: FetchOffer(OfferId(v.offer)),
    "FoundLine": lambda v: FoundLine(v.node),
    "SearchPages": lambda v: SearchPages(SearchId(v.search), 0),
    "ForgetAll": lambda v: ForgetAll(v.journal, sure=True),
    "ForgetAll, not": lambda v: ForgetAll(v.journal, sure=False),
    "Revoke": lambda v: Revoke(InvitationId(v.invitation)),
    "Revoke on the list": lambda v: Revoke(InvitationId(v.invitation), on_list=True),
    "RemovePerson": lambda _: RemovePerson(MEMBER, sure=True),
    "RemovePerson, asking": lambda _: RemovePerson(MEMBER),
    "ShutGroup": lambda v: ShutGroup(v.group, sure=True),
    "ShutGroup, asking": lambda v: ShutGroup(v.group),
} | {
    f"OnLine {act.name}": (lambda v, act=act: OnLine(act, v.node, v.shown))  # type: ignore[misc]  # mypy takes the default for a parameter
    for act in Act
}
# Those that mean the journal of the chat in which they are pressed.
_MEANING_HERE: Final[dict[str, Make]] = {
    "ShowWeek": lambda _: ShowWeek(WEEK),
    "SendFile": lambda _: SendFile(WEEK),
    "SendFile, bare": lambda _: SendFile(WEEK, bare=True),
    "OpenSetting": lambda _: OpenSetting(Setting.MENU),
    "ChangeSetting": lambda _: ChangeSetting(Setting.TITLE, "plain"),
    "TypeSetting": lambda _: TypeSetting(Setting.TITLE),
    "ListWeek": lambda _: ListWeek(WEEK),
    "RefreshWeek": lambda _: RefreshWeek(WEEK),
    "FinishWeek": lambda _: FinishWeek(WEEK),
    "ReopenWeek": lambda _: ReopenWeek(WEEK),
    "WritePart": lambda _: WritePart(WEEK, Part.SUMMARY),
    "PageWeeks": lambda _: PageWeeks(2023),
    "TurnTo": lambda _: TurnTo(WEEK),
    "DoAsked": lambda _: DoAsked(),
    "ShowDeleted": lambda _: ShowDeleted(WEEK),
    "ShowStats": lambda _: ShowStats(2023),
    "ShowPeople": lambda _: ShowPeople(),
}
_ALL: Final = _NAMING | _MEANING_HERE
_FORWARDED: Final[Json] = {
    "forward_origin": {"type": "user", "date": 1_690_000_000, "sender_user": sender(VICTIM)}
}


async def test_every_kind_of_button_is_tried() -> None:
    """A new kind must be given its place in these tables, by the name of its class."""
    kinds = {kind.__name__ for kind in get_args(Button)}
    assert {name.partition(",")[0].split()[0] for name in _ALL} == kinds


_PLACES: Final = [
    pytest.param(MEMBER, False, False, id="by a member in their own chat"),
    pytest.param(COLLEAGUE, True, False, id="in a group"),
    pytest.param(VICTIM, True, False, id="in a group by the owner"),
    pytest.param(STRANGER, False, False, id="by a stranger"),
    pytest.param(STRANGER, True, False, id="in a group by a passer-by"),
    pytest.param(MEMBER, False, True, id="on a forwarded message"),
]


@pytest.mark.parametrize("name", _ALL)
@pytest.mark.parametrize(("user", "in_group", "is_forwarded"), _PLACES)
async def test_a_button_in_the_wrong_hands(
    stage: Stage, victim: Victim, name: str, user: int, *, in_group: bool, is_forwarded: bool
) -> None:
    """No row of the victim's changes, nor who may use the bot; none of its words are sent."""
    before = stage.rows(victim.journal), stage.company()
    below = _FORWARDED | {"message_id": victim.messages[-1]} if is_forwarded else {}
    data = pack(_ALL[name](victim))
    calls = await stage.press(data, user, stage.group if in_group else None, **below)
    assert (stage.rows(victim.journal), stage.company()) == before
    assert not is_told(calls, SECRET)
    assert not [call for call in calls if str(call.get("chat_id")) == str(VICTIM)]
    if user == STRANGER and not in_group:
        assert calls == []
    elif name in _NAMING and user != STRANGER:
        assert is_told(calls, "callback_query_id"), calls


@pytest.mark.parametrize(
    "name", ["ShowWeek", "ListWeek", "TurnTo", "FoundLine", "SearchPages", "OnLine CARD"]
)
async def test_at_home_the_same_buttons_tell(stage: Stage, victim: Victim, name: str) -> None:
    """So what is tried above would be seen if it got through."""
    assert is_told(await stage.press(pack(_ALL[name](victim)), VICTIM), SECRET)
    full = {table for table, rows in stage.rows(victim.journal).items() if rows}
    assert full >= {"entries", "nodes", "changes", "offers", "searches", "previews", "prompts"}


@pytest.mark.parametrize("name", [name for name in _NAMING if name != "Unstick, the presser"])
async def test_a_number_that_is_not_there(stage: Stage, victim: Victim, name: str) -> None:
    """Pressed at home, such a button is answered, and nothing that was written changes."""
    nowhere = replace(
        victim,
        journal=JournalId(_NOWHERE),
        group=JournalId(_NOWHERE),
        entry=EntryId(_NOWHERE),
        untagged=EntryId(_NOWHERE),
        deleted=EntryId(_NOWHERE),
        node=NodeId(_NOWHERE),
        change=_NOWHERE,
        offer=_NOWHERE,
        search=_NOWHERE,
        invitation=_NOWHERE,
    )
    button = _NAMING[name](nowhere)
    if isinstance(button, RemovePerson):
        button = RemovePerson(_NOWHERE, button.sure)
    before = stage.rows(victim.journal), stage.company()
    calls = await stage.press(pack(button), VICTIM)
    assert (stage.rows(victim.journal), stage.company()) == before
    assert is_told(calls, "callback_query_id")
