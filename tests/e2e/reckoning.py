"""What has become of all that was told, counted exactly: lost, twice, lied, unanswered."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Collection, Iterable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from bot.adapters.clock import SystemClock
from bot.sandbox.person import Message, Person
from bot.sandbox.world import Posted
from tests.e2e.conftest import SHANGHAI
from tests.e2e.processes import Theatre, until
from tests.e2e.talking import Talk, Told

_QUESTION = "放到哪一栏"
_CATCHING_UP_SECONDS = 120.0
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Questions:
    """How many questions came beyond one for each untagged message, and how many never did."""

    twice: int
    never: int


def this_monday() -> datetime:
    """Noon of this week's Monday: dates from here on stay in one week, whatever the hour is."""
    today = SystemClock().now().astimezone(SHANGHAI).date()
    return datetime.combine(today - timedelta(days=today.weekday()), time(12), SHANGHAI)


def far_from_now() -> str:
    """A draft time that does not come while a test runs."""
    today = SystemClock().now().astimezone(SHANGHAI).weekday()
    return f"{_WEEKDAYS[(today + 3) % 7]} 12:00"


def entries(stage: Theatre) -> list[sqlite3.Row]:
    """Everything that is stored."""
    return stage.rows("SELECT * FROM entries") if database(stage.folder).exists() else []


def database(folder: Path) -> Path:
    """Where the program keeps what it stores."""
    return folder / "data" / "weeknotes.db"


def unfinished_but_honest(stage: Theatre) -> int:
    """How many messages a kill left unstored or unanswered; none of them claims otherwise."""
    heard = [posted for posted in _posted(stage) if not posted.out]
    answered = {_id(posted) for posted in heard if posted.reactions}
    stored = {row["message_id"] for row in entries(stage)}
    assert answered <= stored, f"acknowledged but absent: {answered - stored}"
    return len(heard) - len(answered)


async def caught_up(
    stage: Theatre, told: Sequence[Told], seconds: float = _CATCHING_UP_SECONDS
) -> None:
    """Telegram has nothing left to give, and every message shows what it is to show."""
    wanted = {one.message_id: one.shows for one in told}

    def looks() -> tuple[dict[int, list[str]], int, int]:
        shown = {_id(posted): posted.reactions for posted in _posted(stage) if not posted.out}
        wrong = {
            number: shown[number] for number, emoji in wanted.items() if shown[number] != emoji
        }
        return wrong, len(stage.queue), 0 if wrong else unanswered(stage)

    # What is missing in the end says more than that it took too long.
    with suppress(TimeoutError):
        await until(lambda: looks() == ({}, 0, 0), seconds)
    wrong, pending, waiting = looks()
    assert (wrong, pending, waiting) == ({}, 0, 0), (
        f"lost {lost_of(stage, told)}, pending {pending}, to be answered {waiting},"
        f" shown otherwise than wanted {len(wrong)}: {list(wrong.items())[:9]}"
    )


def unanswered(stage: Theatre) -> int:
    """How many entries have yet to be answered, or had their answer not yet recorded."""
    [row] = stage.rows(
        "SELECT count(*) AS many FROM entries"
        " WHERE reaction_shown IS NOT reaction OR question = 'wanted'"
    )
    return int(row["many"])


def assert_stored_once(
    stage: Theatre, told: Sequence[Told], in_doubt: Collection[int] = frozenset()
) -> None:
    """Each message is stored exactly once, as it was last edited, where it belongs.

    Where the answer to a question got lost, `in_doubt` has its message: it need not be asked.
    """
    rows = entries(stage)
    stored = {row["message_id"]: row for row in rows}
    lost, twice = lost_of(stage, told), len(rows) - len(stored)
    assert (lost, twice) == (0, 0), f"lost {lost}, stored twice {twice}"
    assert stored.keys() == {one.message_id for one in told}, "stored what nobody sent"
    lines = stage.rows(
        """
        SELECT entries.message_id, nodes.text, parents.entry_id AS below
        FROM nodes JOIN entries ON entries.id = nodes.entry_id
        LEFT JOIN nodes AS parents ON parents.id = nodes.parent_id WHERE NOT nodes.removed
        """
    )
    assert len(lines) == len(told), f"{len(lines)} lines of {len(told)} messages"
    line_of = {row["message_id"]: row for row in lines}
    for one in told:
        entry, line = stored[one.message_id], line_of[one.message_id]
        below = None if one.below is None else stored[one.below]["id"]
        wanted = (
            *(one.text, one.edits, "placed" if one.tagged else "untagged"),
            *(one.reaction, one.reaction, one.words, below),
        )
        found = (
            *(entry["text"], entry["edits"], entry["state"]),
            *(entry["reaction"], entry["reaction_shown"], line["text"], line["below"]),
        )
        assert found == wanted, f"message {one.message_id}: {found}, not {wanted}"
        assert entry["question"] in _questions_allowed(one, in_doubt), tuple(entry)
    letters = stage.rows("SELECT * FROM dead_letters")
    assert not letters, f"{len(letters)} dead letters"


def lost_of(stage: Theatre, told: Iterable[Told]) -> int:
    """How many of those messages are not stored."""
    stored = {row["message_id"] for row in entries(stage)}
    return sum(one.message_id not in stored for one in told)


def _questions_allowed(told: Told, in_doubt: Collection[int]) -> set[str]:
    if told.caption_came_late:
        return {"none", "asked"}
    if told.tagged or not told.is_first:
        return {"none"}
    return {"asked", "none"} if told.message_id in in_doubt else {"asked"}


async def assert_files_kept(stage: Theatre, told: Sequence[Told]) -> None:
    """Each file that was sent is on the shelf, once for each message that brought it."""

    def kept() -> list[sqlite3.Row]:
        return stage.rows("SELECT sha256 FROM pictures WHERE sha256 IS NOT NULL")

    wanted = sum(one.picture or one.file for one in told)
    with suppress(TimeoutError):
        await until(lambda: len(kept()) >= wanted)
    [(named,)] = stage.rows("SELECT count(*) FROM pictures")
    assert (len(kept()), named) == (wanted, wanted), f"{len(kept())} of {named}, not of {wanted}"
    for row in kept():
        path = stage.folder / "data" / "pictures" / row["sha256"][:2] / row["sha256"]
        assert path.is_file(), f"{path} is missing"


def questions(
    stage: Theatre, told: Sequence[Told], in_doubt: Collection[int] = frozenset()
) -> Questions:
    """How the bot has asked; nothing else was said, and only doubt kept it from asking."""
    said = [posted.message for posted in _posted(stage) if posted.out]
    untagged = {one.message_id for one in told if not one.tagged and one.is_first}
    late = {one.message_id for one in told if one.caption_came_late}
    about = Counter(int(message["reply_to_message"]["message_id"]) for message in said)
    strange = about.keys() - untagged - late
    strange |= {_about(m) for m in said if _about(m) in untagged and not _is_question(m)}
    assert not strange, f"something else was said about {strange}"
    never = untagged - about.keys()
    assert never <= set(in_doubt), f"never asked, for no reason: {never - set(in_doubt)}"
    return Questions(twice=sum(many - 1 for many in about.values()), never=len(never))


def questions_in_doubt(stage: Theatre) -> set[int]:
    """The messages about which a question was sent whose answer never came."""
    calls = [call for call in stage.bot_api.calls if call["method"].lower() == "sendmessage"]
    parameters = [call["params"].decoded() for call in calls if "fault" in call]
    return {int(one["reply_parameters"]["message_id"]) for one in parameters}


async def assert_in_draft(stage: Theatre, talk: Talk) -> None:
    """The week as the bot sends it on request, with its file, counts all that was told."""
    units: dict[int, bool] = {}
    for one in talk.told:
        units[one.unit] = units.get(one.unit, False) or one.tagged
    placed = sum(units.values())
    asked = await talk.person.send("/draft", at=talk.at)
    wanted = f"收到 {len(units)} 条 = 已归类 {placed} + 未归类 {len(units) - placed} + 已删除 0"

    def said() -> tuple[bool, bool]:
        answers = said_after(stage, asked)
        return (
            any(wanted in message.get("text", "") for message in answers),
            any("document" in message for message in answers),
        )

    with suppress(TimeoutError):
        await until(lambda: said() == (True, True))
    assert said() == (True, True), said_after(stage, asked)


def said_after(stage: Theatre, message: Message) -> list[Message]:
    """What the bot has sent in the chat since that message, newest first."""
    found = []
    for posted in reversed(stage.sandbox.world.chats[message["chat"]["id"]].messages.values()):
        if _id(posted) <= message["message_id"]:
            break
        if posted.out:
            found.append(posted.message)
    return found


@asynccontextmanager
async def crowd(stage: Theatre, ids: Sequence[int]) -> AsyncIterator[list[Person]]:
    """The person of the stage and others with those ids, each in a private chat."""
    async with AsyncExitStack() as stack:
        found = [stage.person]
        for number in ids[1:]:
            await stage.person.post("users", {"id": number, "first_name": f"第{number}人"})
            await stage.person.post("chats", {"type": "private", "members": [number]})
            person = Person(stage.sandbox.url, chat_id=number, user_id=number)
            found += [await stack.enter_async_context(person)]
        yield found


def _posted(stage: Theatre) -> list[Posted]:
    return [one for chat in stage.sandbox.world.chats.values() for one in chat.messages.values()]


def _id(posted: Posted) -> int:
    return int(posted.message["message_id"])


def _about(message: Message) -> int:
    return int(message["reply_to_message"]["message_id"])


def _is_question(message: Message) -> bool:
    return _QUESTION in str(message.get("text"))
