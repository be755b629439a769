"""Files that came back are remembered while somebody may decide about them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.domain.entry import ChatId, JournalId, MessageId, MessageKey
from bot.domain.week import IsoWeek
from bot.storage import offers
from bot.storage.database import Database
from bot.storage.offers import REMEMBERED, OfferState
from tests.clock import START
from tests.storage.seeding import seed

_KEY = MessageKey(ChatId(1001), MessageId(7))
_WEEK = IsoWeek(2023, 40)


async def test_a_file_is_kept_until_it_is_decided(tmp_path: Path) -> None:
    """Its bytes go once nothing more is to be done; what became of it is known for longer."""
    await seed(tmp_path / "weeknotes.db", entries=1)
    async with (
        await Database.open(tmp_path / "weeknotes.db") as database,
        database.atomic() as c,
    ):
        offer_id = await offers.add(c, JournalId(1), _KEY, "{}", _WEEK, START)
        assert await offers.waiting(c, 5) == [offer_id]
        await offers.set_content(c, offer_id, b"content")
        await offers.set_seen(c, offer_id, {_WEEK: "print"})
        await offers.set_answered(c, offer_id, OfferState.ASKED)
        assert await offers.waiting(c, 5) == []
        offer = await offers.of_message(c, _KEY)
        assert offer is not None
        assert (offer.week, offer.content, offer.seen) == (_WEEK, b"content", {_WEEK: "print"})
        await offers.set_state(c, offer_id, OfferState.APPLIED)
        await offers.set_told(c, offer_id, "changed")
        await offers.set_answered(c, offer_id, OfferState.ASKED)
        offer = await offers.get(c, offer_id)
        assert offer is not None
        assert (offer.state, offer.content, offer.told) == (OfferState.APPLIED, None, "changed")


async def test_what_nobody_decides_about_is_forgotten(tmp_path: Path) -> None:
    """After two weeks, but not what is still to be answered."""
    await seed(tmp_path / "weeknotes.db", entries=1)
    async with (
        await Database.open(tmp_path / "weeknotes.db") as database,
        database.atomic() as c,
    ):
        offer_id = await offers.add(c, JournalId(1), _KEY, "{}", None, START)
        await offers.forget_old(c, START + REMEMBERED + timedelta(seconds=1))
        assert await offers.get(c, offer_id) is not None
        await offers.set_answered(c, offer_id, OfferState.ASKED)
        await offers.forget_old(c, START + REMEMBERED)
        assert await offers.get(c, offer_id) is not None
        await offers.forget_old(c, START + REMEMBERED + timedelta(seconds=1))
        assert await offers.get(c, offer_id) is None


async def test_an_exchanged_file_owes_nothing_to_the_one_before(tmp_path: Path) -> None:
    """What was begun with that one is written nowhere, and the new one still waits."""
    await seed(tmp_path / "weeknotes.db", entries=1)
    async with (
        await Database.open(tmp_path / "weeknotes.db") as database,
        database.atomic() as c,
    ):
        first = await offers.add(c, JournalId(1), _KEY, "one", _WEEK, START)
        await offers.exchange(c, first, "two")
        await offers.set_content(c, first, b"one")
        await offers.set_seen(c, first, {_WEEK: "print"})
        await offers.set_answered(c, first, OfferState.ASKED)
        await offers.set_state(c, first, OfferState.KEPT)
        assert await offers.get(c, first) is None
        offer = await offers.of_message(c, _KEY)
        assert offer is not None
        assert await offers.waiting(c, 5) == [offer.id]
        assert (offer.body, offer.content, offer.seen) == ("two", None, {})
