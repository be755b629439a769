"""The gate, without Telegram: who is let in by what, and what is kept of those who are not."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.domain.entry import ChatId
from bot.domain.schedule import WeeklyTime
from bot.services.access import Access, JournalDefaults, Standing, Visitor
from bot.services.inviting import Inviting
from bot.services.owners import Owners
from bot.services.strangers import Strangers
from bot.storage import intake
from bot.storage.database import Database
from bot.storage.migrations import migrate
from tests.clock import START, FakeClock

_OWNER, _GROUP = 1001, ChatId(-5)
_DEFAULTS = JournalDefaults("zh", ZoneInfo("UTC"), WeeklyTime.parse("sun 20:00"))
_IN = {Standing.MEMBER, Standing.NEW_OWNER}


@dataclass
class Gate:
    """The gate of a bot; `meet` comes to it."""

    access: Access
    inviting: Inviting
    database: Database
    clock: FakeClock

    async def meet(self, visitor: Visitor) -> bool:
        """Whether the visitor was let in."""
        admission = await self.access.admit(visitor)
        assert (admission.journal is not None) == (admission.standing in _IN)
        return admission.journal is not None

    async def knocks(self, user_id: int, code: str) -> bool:
        """Whether the person is let in who opens a link with that code in private."""
        return await self.meet(_private(user_id, code))


def _private(user_id: int, code: str = "", *, starts: bool = True) -> Visitor:
    return Visitor(user_id, f"人{user_id}", ChatId(user_id), starts=starts, code=code, writes=True)


def _in_group(user_id: int) -> Visitor:
    return Visitor(user_id, f"人{user_id}", _GROUP, in_group=True, title="小组")


@asynccontextmanager
async def _open_gate(
    path: Path, clock: FakeClock, owners: Collection[int] = (_OWNER,)
) -> AsyncIterator[Gate]:
    async with await Database.open(path / "weeknotes.db") as database:
        await migrate(database, START)
        known = Owners(database, owners)
        yield Gate(
            Access(database, clock, known, _DEFAULTS),
            Inviting(database, clock, known),
            database,
            clock,
        )


async def test_an_owner_link_that_expired_is_followed_by_a_new_one(
    tmp_path: Path, clock: FakeClock
) -> None:
    """While one works there is no other, and once somebody owns the bot there is none."""
    async with _open_gate(tmp_path, clock, ()) as gate:
        first = await gate.access.offer_ownership()
        assert first is not None
        assert await gate.access.offer_ownership() is None
        clock.advance(timedelta(minutes=15))
        assert not await gate.knocks(1, first)
        second = await gate.access.offer_ownership()
        assert second is not None
        assert second != first
        assert not await gate.knocks(1, first)
        assert await gate.knocks(1, second)
        clock.advance(timedelta(minutes=15))
        assert await gate.access.offer_ownership() is None
        assert not await gate.knocks(2, second)


@pytest.mark.attack
@pytest.mark.parametrize(
    "come",
    [
        pytest.param({"in_group": True, "chat_id": _GROUP}, id="opened in a group"),
        pytest.param(
            {"in_group": True, "chat_id": _GROUP, "nameless": True, "user_id": 1087968824},
            id="opened in a group by an anonymous administrator",
        ),
    ],
)
async def test_the_owner_link_opens_in_private_only(
    tmp_path: Path, clock: FakeClock, come: dict[str, object]
) -> None:
    """Nobody who cannot be told from others comes to own the bot."""
    async with _open_gate(tmp_path, clock, ()) as gate:
        code = await gate.access.offer_ownership()
        assert code is not None
        assert not await gate.meet(replace(_private(7, code), **come))  # type: ignore[arg-type]  # the table's own
        assert not await gate.inviting.is_owner(7)
        assert not await gate.inviting.is_owner(1087968824)
        assert await gate.knocks(7, code)


@pytest.mark.attack
@pytest.mark.parametrize(
    "code",
    [
        pytest.param("", id="no code"),
        pytest.param("\ud83d", id="half a character"),
        pytest.param("x" * 22, id="a code of the right length"),
        pytest.param("x" * 4000, id="a very long code"),
        pytest.param("'; DROP TABLE people; --", id="SQL"),
        pytest.param("\x00", id="a null"),
    ],
)
@pytest.mark.parametrize("owners", [pytest.param((), id="unowned"), pytest.param((1,), id="owned")])
async def test_codes_that_open_nothing(
    tmp_path: Path, clock: FakeClock, code: str, owners: Collection[int]
) -> None:
    """Whoever sends them stays a stranger, and the real code works afterwards."""
    async with _open_gate(tmp_path, clock, owners) as gate:
        real = await gate.access.offer_ownership() or (await gate.inviting.invite(1)).code
        assert not await gate.knocks(666, code)
        assert await gate.knocks(2, real)


@pytest.mark.attack
async def test_codes_are_not_guessed(tmp_path: Path, clock: FakeClock) -> None:
    """After five wrong ones within an hour none of the person's is looked at; others' are."""
    async with _open_gate(tmp_path, clock) as gate:
        right = [(await gate.inviting.invite(_OWNER)).code for _ in range(2)]
        for number in range(5):
            assert not await gate.knocks(666, f"guess-{number}")
        assert not await gate.knocks(666, right[0])
        assert await gate.knocks(2, right[0])
        clock.advance(timedelta(hours=1))
        assert await gate.knocks(666, right[1])


@pytest.mark.attack
async def test_many_who_guess_are_bounded_together(tmp_path: Path, clock: FakeClock) -> None:
    """After a thousand wrong codes nobody's is looked at for the rest of the hour."""
    async with _open_gate(tmp_path, clock) as gate:
        code = (await gate.inviting.invite(_OWNER)).code
        async with gate.database.atomic():
            for user_id in range(5000, 6000):
                await gate.knocks(user_id, "guess")
        assert not await gate.knocks(2, code)
        assert await gate.knocks(_OWNER, "")
        clock.advance(timedelta(hours=1))
        assert await gate.knocks(2, code)


@pytest.mark.attack
async def test_nothing_is_stored_of_strangers(tmp_path: Path, clock: FakeClock) -> None:
    """Each is told once; not even the number of their update is kept."""
    async with _open_gate(tmp_path, clock) as gate:
        told = 0
        async with gate.database.atomic() as connection:
            for user_id in range(5000, 5200):
                visitor = replace(_private(user_id, starts=False), update_id=user_id)
                for _ in range(2):
                    await intake.mark_handled(connection, user_id, clock.now())
                    admission = await gate.access.admit(visitor)
                    told += admission.standing is Standing.STRANGER
            [rows] = await connection.execute_fetchall(
                "SELECT (SELECT count(*) FROM handled_updates) + (SELECT count(*) FROM people)"
                " + (SELECT count(*) FROM journals) + (SELECT count(*) FROM chats)"
            )
        assert told == 200
        assert rows[0] == 0


@pytest.mark.attack
def test_the_memory_of_strangers_is_bounded() -> None:
    """After ten thousand nobody is told any more, nor remembered."""
    strangers = Strangers()
    assert sum(strangers.meet(ChatId(number), number) for number in range(12_000)) == 10_000
    assert not strangers.meet(ChatId(1), 1)


async def test_who_has_left_a_group_belongs_to_it_no_more(tmp_path: Path, clock: FakeClock) -> None:
    """Their presses and edits are refused until they come again, or write there, so are in it."""
    async with _open_gate(tmp_path, clock) as gate:
        assert await gate.meet(replace(_in_group(_OWNER), starts=True, writes=True))
        assert await gate.meet(_in_group(3003))
        await gate.access.note_left(_GROUP, 3003)
        assert not await gate.meet(_in_group(3003))
        assert await gate.meet(_in_group(3004))
        await gate.access.note_joined(_GROUP, [3003])
        assert await gate.meet(_in_group(3003))
        await gate.access.note_left(_GROUP, 3003)
        assert await gate.meet(replace(_in_group(3003), writes=True))
        assert await gate.meet(_in_group(3003))


@pytest.mark.attack
async def test_an_anonymous_administrator_opens_no_group(tmp_path: Path, clock: FakeClock) -> None:
    """Not even where the settings name the account that stands for all of them."""
    async with _open_gate(tmp_path, clock, (1087968824,)) as gate:
        nameless = replace(_in_group(1087968824), starts=True, writes=True, nameless=True)
        assert not await gate.meet(nameless)


async def test_only_a_group_can_be_shut(tmp_path: Path, clock: FakeClock) -> None:
    """Once; not a person's journal, and none that is not there."""
    async with _open_gate(tmp_path, clock) as gate:
        mine = (await gate.access.admit(_private(_OWNER))).journal
        group = (await gate.access.admit(replace(_in_group(_OWNER), starts=True))).journal
        assert mine is not None
        assert group is not None
        assert not await gate.inviting.shut_group(mine.id)
        assert await gate.inviting.shut_group(group.id)
        assert not await gate.inviting.shut_group(group.id)
        assert not await gate.inviting.shut_group(type(group.id)(99))
        assert not await gate.meet(_in_group(_OWNER))


async def test_a_journal_is_called_as_whoever_wrote_last(tmp_path: Path) -> None:
    """Also where they go back to an earlier name among messages that come together."""
    writer = _private(_OWNER, starts=False)
    async with _open_gate(tmp_path, FakeClock()) as gate, gate.database.atomic():
        for name in ("A", "A", "B", "A"):
            assert await gate.meet(replace(writer, name=name))
            [journal] = await gate.access.journals()
            assert journal.name == name
