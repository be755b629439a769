"""What the bot has asked for is remembered, for a while."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.entry import ChatId, MessageId, MessageKey
from bot.domain.owed import Prompt
from bot.domain.text import RichText, Span, Style
from bot.storage import prompts
from bot.storage.database import Database
from bot.storage.migrations import migrate
from tests.clock import START

_KEY = MessageKey(ChatId(1001), MessageId(7))
_TITLE = Prompt("setting", "title")


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """A database of the present schema."""
    async with await Database.open(tmp_path / "weeknotes.db") as database:
        await migrate(database, START)
        yield database


async def test_a_prompt_is_found_by_its_message(database: Database) -> None:
    """By its chat as well as its number, for each chat has numbers of its own."""
    async with database.atomic() as connection:
        await prompts.keep(connection, _KEY, _TITLE, START)
        assert await prompts.find(connection, _KEY) == _TITLE
        elsewhere = MessageKey(ChatId(1002), _KEY.message_id)
        assert await prompts.find(connection, elsewhere) is None


async def test_a_message_asks_for_one_thing(database: Database) -> None:
    """For the last that was kept."""
    async with database.atomic() as connection:
        await prompts.keep(connection, _KEY, _TITLE, START)
        await prompts.keep(connection, _KEY, Prompt("summary"), START)
        assert await prompts.find(connection, _KEY) == Prompt("summary", "")


async def test_old_prompts_are_forgotten(database: Database) -> None:
    """After a month, and not before."""
    async with database.atomic() as connection:
        await prompts.keep(connection, _KEY, _TITLE, START)
        await prompts.forget_old(connection, START + prompts.REMEMBERED)
        assert await prompts.find(connection, _KEY) == _TITLE
        later = START + prompts.REMEMBERED + timedelta(seconds=1)
        await prompts.forget_old(connection, later)
        assert await prompts.find(connection, _KEY) is None


async def test_what_a_reply_said_is_known_as_long_as_its_prompt(database: Database) -> None:
    """Its formats too; afterwards it is a message like any other."""
    said = RichText("周四", (Span(0, 2, Style.BOLD),))
    async with database.atomic() as connection:
        assert not await prompts.was_taken(connection, _KEY, said)
        await prompts.set_taken(connection, _KEY, RichText("周三"), START)
        await prompts.set_taken(connection, _KEY, said, START)
        assert await prompts.was_taken(connection, _KEY, said)
        assert not await prompts.was_taken(connection, _KEY, RichText("周四"))
        assert not await prompts.was_taken(connection, _KEY, RichText("周三"))
        elsewhere = MessageKey(ChatId(1002), _KEY.message_id)
        assert not await prompts.was_taken(connection, elsewhere, said)
        await prompts.forget_old(connection, START + prompts.REMEMBERED + timedelta(seconds=1))
        assert not await prompts.was_taken(connection, _KEY, said)
