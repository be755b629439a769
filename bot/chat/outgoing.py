"""What is owed to chats goes out: after its commit, or later where a kill or a fault came first."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterable
from functools import partial

from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.chat.afterwards import Afterwards, Effect
from bot.chat.callbacks import pack, unpack
from bot.chat.carrying import Carrying
from bot.chat.courier import TelegramCourier
from bot.chat.failures import Failures
from bot.chat.gallery import Gallery
from bot.chat.messenger import Messenger, is_certainly_unsent, is_of_the_way
from bot.chat.outline_display import OutlineDisplay
from bot.chat.views import Saying, say
from bot.domain.entry import ChatId, EntryId, MessageId, MessageKey
from bot.domain.journal import Journal
from bot.domain.owed import (
    Everything,
    Owed,
    Prompt,
    Sign,
    Speech,
    Stats,
    WeekFile,
    WeekList,
    WeekPreview,
)
from bot.domain.week import IsoWeek
from bot.services.acknowledging import Acknowledging
from bot.services.outbox import Debt, DebtId, Outbox
from bot.services.ports import NotSentError
from bot.services.prompting import Prompting
from bot.services.reporting import Reporting

_LOG = logging.getLogger(__name__)


class Outgoing:
    """Sends what is owed, each at its chat's turn."""

    def __init__(
        self,
        outbox: Outbox,
        messenger: Messenger,
        courier: TelegramCourier,
        display: OutlineDisplay,
        reporting: Reporting,
        books: Acknowledging,
        prompting: Prompting,
        afterwards: Afterwards,
        failures: Failures,
        gallery: Gallery,
        carrying: Carrying,
    ) -> None:
        self._outbox = outbox
        self._messenger = messenger
        self._courier = courier
        self._display = display
        self._reporting = reporting
        self._books = books
        self._prompting = prompting
        self._afterwards = afterwards
        self._failures = failures
        self._gallery = gallery
        self._carrying = carrying
        self._under_way: set[DebtId] = set()

    async def owe(self, chat_id: ChatId, owed: Owed) -> Effect:
        """It is stored as owed; what is given back sends it, once that is committed."""
        return self._begin(await self._outbox.add(chat_id, owed))

    async def resume(self) -> None:
        """What an earlier run of the program still owed is about to go out."""
        for debt in await self._outbox.everything():
            self._send_soon(debt)

    async def try_again(self) -> None:
        """What is owed for long, and is not on its way, is about to go out."""
        # These may still be told to be owed though they are settled by the time that this is known.
        known = set(self._under_way)
        for debt in await self._outbox.overdue():
            if debt.id not in known | self._under_way:
                self._send_soon(debt)

    def _send_soon(self, debt: Debt) -> None:
        effect = partial(self._failures.guard, debt.chat_id, self._begin(debt))
        self._afterwards.add(debt.chat_id, effect)

    def _begin(self, debt: Debt) -> Effect:
        # A debt that is rolled back leaves its id here: whoever gets it next is on its way too.
        self._under_way.add(debt.id)
        return partial(self._settle, debt)

    async def _settle(self, debt: Debt) -> None:
        """All that is owed has been sent or put off; what never can be sent is raised."""
        owed: Owed | None = debt.owed
        try:
            while owed is not None:
                owed = await self._pay(debt, owed)
        except sqlite3.Error:
            # It stays owed, and on its way until the next start: what cannot be noted as sent
            # would be sent at each knock.
            raise
        except Exception:
            self._under_way.discard(debt.id)
            raise
        self._under_way.discard(debt.id)

    async def _pay(self, debt: Debt, owed: Owed) -> Owed | None:
        """What is owed in place of this, which has been sent."""
        try:
            then = await self._send(debt.chat_id, owed)
        except sqlite3.Error:
            raise
        except Exception as error:
            if not _may_come_later(error, owed):
                await self._outbox.settle(debt)
                raise
            again = await self._outbox.put_off(debt)
            when = "not yet" if again else "never"
            _LOG.warning("chat %d gets its answer %s: %s", debt.chat_id, when, error)
            return None
        await self._outbox.settle(debt, then)
        return then

    async def _send(self, chat_id: ChatId, owed: Owed) -> Owed | None:
        """What is owed after it; nothing goes out of a journal that is gone."""
        match owed:
            case Speech():
                await self._speak(chat_id, owed)
            case Sign(message_id, emoji, or_words):
                shown = await self._messenger.react(MessageKey(chat_id, message_id), emoji)
                if or_words and not shown:
                    await self._messenger.say(chat_id, say(or_words), message_id)
            case _:
                journal = await self._outbox.journal_of(chat_id)
                return None if journal is None else await self._show(chat_id, journal, owed)
        return None

    async def _show(
        self,
        chat_id: ChatId,
        journal: Journal,
        owed: WeekPreview | WeekFile | WeekList | Everything | Stats,
    ) -> WeekFile | None:
        """Sends what the journal holds; a preview has the file after it."""
        match owed:
            case WeekPreview(week):
                return await self._preview(chat_id, journal, week)
            case WeekFile(week, bare):
                compiled = await self._reporting.compile(journal, week)
                await self._courier.send_file(chat_id, compiled, bare=bare)
            case WeekList(week, page, line):
                await self._display.send_list(chat_id, journal, week, page, line)
            case Everything():
                await self._carrying.carry(chat_id, journal)
            case Stats():
                await self._gallery.send(chat_id, journal, owed)
        return None

    async def _speak(self, chat_id: ChatId, speech: Speech) -> None:
        saying = to_saying(speech)
        said = await self._messenger.say(chat_id, saying, speech.reply_to, repeatable=True)
        if speech.prompt is not None:
            await self._prompting.keep(MessageKey(chat_id, said), speech.prompt)
        for entry_id in speech.about:
            await self._books.remember_about(entry_id, MessageKey(chat_id, said))

    async def _preview(self, chat_id: ChatId, journal: Journal, week: IsoWeek) -> WeekFile | None:
        compiled = await self._reporting.compile(journal, week)
        if compiled.is_empty:
            await self._courier.send_empty(chat_id, journal, week, compiled.neighbours)
            return None
        await self._courier.send_preview(chat_id, compiled)
        return WeekFile(week)


def to_speech(
    saying: Saying,
    reply_to: MessageId | None = None,
    about: Iterable[EntryId] = (),
    prompt: Prompt | None = None,
) -> Speech:
    """The saying as it is kept."""
    rows = tuple(tuple((words, pack(button)) for words, button in row) for row in saying.rows)
    return Speech(saying.text, rows, reply_to, tuple(about), saying.placeholder, prompt)


def to_saying(speech: Speech) -> Saying:
    """The inverse of `to_speech`, but for buttons of another version of the program."""
    rows = [[(words, unpack(data)) for words, data in row] for row in speech.rows]
    known = ([(words, button) for words, button in row if button is not None] for row in rows)
    return Saying(speech.text, [row for row in known if row], speech.placeholder)


def _may_come_later(error: Exception, owed: Owed) -> bool:
    """Whether the fault passes, and what is owed is better sent twice than not at all."""
    fault = error.__cause__ if isinstance(error, NotSentError) else error
    if isinstance(fault, BadRequest | ChatMigrated | Forbidden):
        return False
    if not isinstance(fault, TelegramError):
        return False
    return is_certainly_unsent(fault) or (
        isinstance(owed, Speech | Sign | WeekList | Stats) and is_of_the_way(fault)
    )
