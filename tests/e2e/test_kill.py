"""SIGKILL at any moment loses nothing, stores nothing twice and makes no acknowledgement lie."""

from __future__ import annotations

import asyncio
import random
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from tests.e2e.processes import Theatre, theatre, until
from tests.e2e.talking import Talk, Told

_QUESTION = "放到哪一栏"
_CATCHING_UP_SECONDS = 60.0


@pytest.mark.parametrize(
    ("messages", "kills", "seed"),
    [
        pytest.param(500, 6, 7, id="short"),
        pytest.param(2000, 25, 11, id="long", marks=pytest.mark.long),
    ],
)
async def test_kills_while_messages_pour_in_lose_nothing(
    tmp_path: Path,
    messages: int,
    kills: int,
    seed: int,
    record_property: Callable[[str, object], None],
) -> None:
    """Every message is stored exactly once, as it was last edited, and shows so.

    At each kill, what shows an acknowledgement is in the database already. A question may come
    twice only where a kill fell between its sending and the note that it was sent, so no more
    of them than there were kills.
    """
    chance = random.Random(seed)
    async with theatre(tmp_path, BOT_LOG_LEVEL="warning") as stage:
        talk = Talk(stage.person, chance)
        unfinished = 0
        share = messages // (kills + 1)
        for number in range(kills):
            await talk.say(share // 2)
            pouring = asyncio.create_task(talk.say(share - share // 2, pause=0.01))
            if number % 5 == 4:
                # Before it has come as far as asking for updates, perhaps.
                await stage.program.start()
                await asyncio.sleep(chance.uniform(0.3, 1.5))
            else:
                await stage.start()
                await asyncio.sleep(chance.uniform(0.0, 0.9))
            await stage.program.kill()
            unfinished += await _unfinished_but_honest(stage)
            await pouring
        await stage.start()
        await talk.say(messages - len(talk.told), pause=0.01)
        await _caught_up(stage, talk.told)
        status, _ = await stage.program.terminate()
        assert status == 0
        assert stage.program.output == ""
        _assert_stored_once(stage, talk.told)
        _assert_pictures_kept(stage, talk.told)
        twice = await _questions_asked_twice(stage, talk.told)
        record_property("unfinished messages at the kills", unfinished)
        record_property("questions asked twice", twice)
        assert twice <= kills
        # Kills that struck an idle program would prove nothing.
        assert unfinished > 0


async def _unfinished_but_honest(stage: Theatre) -> int:
    """How many messages the kill left unstored or unanswered; none of them claims otherwise."""
    chat = [message for message in await stage.person.messages() if not message["_out"]]
    answered = {message["message_id"] for message in chat if message["_reactions"]}
    stored = {row["message_id"] for row in _entries(stage)}
    assert answered <= stored
    return len(chat) - len(answered)


async def _caught_up(stage: Theatre, told: list[Told]) -> None:
    """Telegram has nothing left to give, and every message shows what it is to show."""
    wanted = {one.message_id: [one.reaction] for one in told}
    untagged = {one.message_id for one in told if not one.tagged}

    async def looks() -> tuple[dict[int, list[str]], set[int], int]:
        chat = await stage.person.messages()
        shown = {m["message_id"]: m["_reactions"] for m in chat if not m["_out"]}
        asked = {m["reply_to_message"]["message_id"] for m in chat if _is_question(m)}
        return shown, asked, len(stage.queue)

    async def caught_up() -> bool:
        return await looks() == (wanted, untagged, 0)

    # What is missing in the end says more than that it took too long.
    with suppress(TimeoutError):
        await until(caught_up, _CATCHING_UP_SECONDS)
    assert await looks() == (wanted, untagged, 0)


def _assert_stored_once(stage: Theatre, told: list[Told]) -> None:
    entries = _entries(stage)
    assert len(entries) == len(told)
    stored = {row["message_id"]: row for row in entries}
    assert stored.keys() == {one.message_id for one in told}
    lines = stage.rows(
        """
        SELECT entries.message_id, nodes.text, parents.entry_id AS below
        FROM nodes JOIN entries ON entries.id = nodes.entry_id
        LEFT JOIN nodes AS parents ON parents.id = nodes.parent_id WHERE NOT nodes.removed
        """
    )
    assert len(lines) == len(told)
    line_of = {row["message_id"]: row for row in lines}
    for one in told:
        entry, line = stored[one.message_id], line_of[one.message_id]
        assert entry["text"] == one.text
        assert entry["edits"] == one.edits
        assert entry["state"] == ("placed" if one.tagged else "untagged")
        assert entry["reaction"] == entry["reaction_shown"] == one.reaction
        assert entry["question"] == ("none" if one.tagged else "asked")
        assert line["text"] == one.words
        assert line["below"] == (None if one.below is None else stored[one.below]["id"])
    assert stage.rows("SELECT * FROM dead_letters") == []


def _assert_pictures_kept(stage: Theatre, told: list[Told]) -> None:
    kept = stage.rows("SELECT sha256 FROM pictures")
    assert len(kept) == sum(one.picture for one in told) > 0
    for row in kept:
        assert (stage.folder / "data" / "pictures" / row["sha256"][:2] / row["sha256"]).is_file()


async def _questions_asked_twice(stage: Theatre, told: list[Told]) -> int:
    """How many questions came beyond one for each untagged message, and nothing else was said."""
    said = await stage.person.said()
    assert all(map(_is_question, said))
    asked = Counter(message["reply_to_message"]["message_id"] for message in said)
    assert asked.keys() == {one.message_id for one in told if not one.tagged}
    return asked.total() - len(asked)


def _is_question(message: dict[str, object]) -> bool:
    return bool(message["_out"]) and _QUESTION in str(message.get("text"))


def _entries(stage: Theatre) -> list[sqlite3.Row]:
    return stage.rows("SELECT * FROM entries")
