"""Updates in batches: each is handled to its commit, or kept whole for later, exactly once."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.entry import ChatId, MessageId
from bot.services.ports import Clock
from bot.services.storage_faults import is_storage_fault
from bot.storage import (
    bare_tags,
    changes,
    dead_letters,
    intake,
    link_turns,
    offers,
    prompts,
    searches,
    strays,
)
from bot.storage.database import Connection, Database
from bot.storage.dead_letters import DeadLetter

_LOG = logging.getLogger(__name__)
_TRIES = 3
_TURN_SECONDS = 0.002
# What Telegram numbers by is smaller by far, and SQLite has no larger ones.
_NO_ID = 2**63

Update = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Failure:
    """An update that could not be handled; its sender is told the incident's id."""

    incident: str
    update: Update


class Intake:
    """Takes batches of updates in. What it returns from has been committed.

    `hide` takes the secrets out of a fault before it is kept. `conclude` comes last in each
    transaction.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        handle: Callable[[Update], Awaitable[None]],
        new_incident: Callable[[], str],
        hide: Callable[[str], str],
        is_known: Callable[[ChatId | None, int | None], Awaitable[bool]],
        conclude: Callable[[], Awaitable[None]],
    ) -> None:
        self._database = database
        self._is_known = is_known
        self._clock = clock
        self._handle = handle
        self._new_incident = new_incident
        self._hide = hide
        self._conclude = conclude

    async def take(self, batch: Sequence[Update]) -> list[Failure]:
        """The updates that could not be handled and were kept as dead letters.

        One transaction for the batch, a savepoint for each update. Raises sqlite3.Error, with
        nothing stored, where the database itself is at fault.
        """
        failures: list[Failure] = []
        async with self._database.atomic(swiftly=True) as connection:
            now, loop = self._clock.now(), asyncio.get_running_loop()
            until = loop.time() + _TURN_SECONDS
            for update in batch:
                if loop.time() >= until:
                    # What is done on the spot waits for nothing, and others are to get a turn.
                    await asyncio.sleep(0)
                    until = loop.time() + _TURN_SECONDS
                number = number_of(update)
                if number is not None and not await intake.mark_handled(connection, number, now):
                    continue
                error = await self._try(update)
                if error is None:
                    await _overtake(connection, update)
                elif await self._is_strangers(update):
                    _LOG.error("update %s of a stranger was let go", number, exc_info=error)
                    if isinstance(number, int):
                        await intake.unmark(connection, number)
                else:
                    failures.append(await self._bury(update, error))
            await self._conclude()
        return failures

    async def take_again(self) -> bool:
        """Whether there was a dead letter to be taken up again; the oldest has been.

        Handled, it is one no longer; it is not held against it that its update was taken before.
        Otherwise it stays whole, with its new fault. Raises as `take` does.
        """
        async with self._database.snapshot() as connection:
            if await dead_letters.first_wanted(connection) is None:
                return False
        async with self._database.atomic() as connection:
            letter = await dead_letters.first_wanted(connection)
            if letter is None:
                return False
            error = None if letter.is_overtaken else await self._try_letter(connection, letter)
            if error is None:
                _LOG.info("dead letter %s is settled", letter.incident)
                await dead_letters.remove(connection, letter.id)
            else:
                _LOG.error("dead letter %s failed again", letter.incident, exc_info=error)
                await dead_letters.set_failed_again(connection, letter.id, self._hide(ascii(error)))
            await self._conclude()
        return True

    async def forget_old(self) -> None:
        """What came with updates long ago, and nobody needs any more, is forgotten."""
        now = self._clock.now()
        async with self._database.atomic() as connection:
            tables = (intake, strays, bare_tags, prompts, offers, searches, changes, link_turns)
            for table in tables:
                await table.forget_old(connection, now)

    async def _try_letter(self, connection: Connection, letter: DeadLetter) -> Exception | None:
        """Why the letter's update cannot be handled; None once it is."""
        try:
            update = json.loads(letter.body)
        except ValueError as error:
            return error
        if not isinstance(update, dict):
            return TypeError(f"it is no update but a {type(update).__name__}")
        failure = await self._try(update)
        if failure is None:
            await _overtake(connection, update, letter.id)
        return failure

    async def _try(self, update: Update) -> Exception | None:
        """Why the update cannot be handled, after three tries; None once it is."""
        number = number_of(update)
        for tries in range(1, _TRIES + 1):
            try:
                async with self._database.atomic():
                    await self._handle(update)
            except Exception as error:
                if is_storage_fault(error):
                    # Not for the update to pay for: it must be offered again once that is over.
                    raise
                _LOG.warning("update %s failed, try %d", number, tries)
                failure = error
            else:
                return None
        return failure

    async def _is_strangers(self, update: Update) -> bool:
        """Whether nobody was let in who could have sent it: then nothing of it is kept."""
        chat_id, _ = place_of(update)
        sender = _sender_of(update)
        # A private chat has its person's number.
        return not await self._is_known(chat_id, chat_id if sender is None else sender)

    async def _bury(self, update: Update, error: Exception) -> Failure:
        incident = self._new_incident()
        number = number_of(update)
        _LOG.error("update %s kept as dead letter %s", number, incident, exc_info=error)
        letter = DeadLetter(
            incident=incident,
            update_id=number,
            received_at=self._clock.now(),
            fault=self._hide(ascii(error)),
            # ASCII, because what could not be stored may be a character that SQLite refuses.
            body=json.dumps(update),
        )
        async with self._database.atomic() as connection:
            await dead_letters.bury(connection, letter)
        return Failure(incident, update)


def number_of(update: Update) -> int | None:
    """The number of an update, as it came; None where it has none that can be kept."""
    return _kept(update.get("update_id"))


async def _overtake(connection: Connection, update: Update, letter: int | None = None) -> None:
    """Earlier edits of the message that could not be handled would now take it back in time."""
    if "edited_message" not in update:
        return
    chat_id, message_id = place_of({"edited_message": update["edited_message"]})
    if chat_id is not None and message_id is not None:
        await dead_letters.set_overtaken(connection, chat_id, message_id, letter)


def _sender_of(update: Update) -> int | None:
    """The user whose update it is, as it came; None where it names none."""
    for value in update.values():
        sender = value.get("from") if isinstance(value, Mapping) else None
        number = _id_of(sender)
        if number is not None:
            return number
    return None


def _id_of(somebody: object) -> int | None:
    """The id of a user or chat, as it came; None for what can be none."""
    return _kept(somebody.get("id")) if isinstance(somebody, Mapping) else None


def place_of(update: Update) -> tuple[ChatId | None, MessageId | None]:
    """The chat and the message of an update, as it came; None for what it does not name."""
    for value in update.values():
        if isinstance(value, Mapping):
            message = value.get("message", value)
            if not isinstance(message, Mapping):
                continue
            chat, message_id = message.get("chat"), message.get("message_id")
            number = _id_of(chat)
            if number is not None:
                named = _kept(message_id)
                return ChatId(number), None if named is None else MessageId(named)
    return None, None


def _kept(value: object) -> int | None:
    """The whole number, if it is one and the database can hold it."""
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if abs(value) < _NO_ID else None
