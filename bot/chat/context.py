"""What every handler has at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from telegram.ext import Application, CallbackContext, ExtBot

from bot.chat.afterwards import Effect
from bot.chat.answering import Answering
from bot.chat.board import Board
from bot.chat.carrying import Carrying
from bot.chat.courier import TelegramCourier
from bot.chat.doorstep import Doorstep
from bot.chat.gallery import Gallery
from bot.chat.messenger import Messenger
from bot.chat.outgoing import to_speech
from bot.chat.outline_display import OutlineDisplay
from bot.chat.views import Saying
from bot.chat.wording import by_name
from bot.domain.entry import ChatId, EntryId, MessageId, MessageKey
from bot.domain.journal import Journal
from bot.domain.owed import Owed, Prompt
from bot.i18n import Phrases, phrases_for
from bot.services.access import Access
from bot.services.acknowledging import Acknowledging
from bot.services.browsing import Browsing
from bot.services.capture import Capture
from bot.services.configuring import Configuring
from bot.services.editor import Editor
from bot.services.fetching import Fetching
from bot.services.filing import Filing
from bot.services.forgetting import Forgetting
from bot.services.inviting import Inviting
from bot.services.memory import Memory
from bot.services.prompting import Prompting
from bot.services.reporting import Reporting
from bot.services.returning.offering import Returning
from bot.services.searching import Searching
from bot.services.sticking import Sticking
from bot.services.titling import Titling
from bot.services.undoing import Undoing


@dataclass(slots=True)
class Services:
    """The use cases and the ways to answer, and what follows the commit of the present update."""

    access: Access
    capture: Capture
    filing: Filing
    reporting: Reporting
    answering: Answering
    books: Acknowledging
    courier: TelegramCourier
    messenger: Messenger
    doorstep: Doorstep
    memory: Memory
    fetching: Fetching
    titling: Titling
    returning: Returning
    sticking: Sticking
    undoing: Undoing
    configuring: Configuring
    prompting: Prompting
    board: Board
    browsing: Browsing
    searching: Searching
    gallery: Gallery
    carrying: Carrying
    inviting: Inviting
    forgetting: Forgetting
    editor: Editor
    display: OutlineDisplay
    now: Callable[[], datetime]
    language: str
    following: list[tuple[ChatId, Effect | Owed]] = field(default_factory=list)
    touched: set[EntryId] = field(default_factory=set)


class Context(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[str, Services]]):
    """The context of one update: its journal, the services, and `after` for what is to be sent.

    Handlers run inside the transaction of their batch, so nothing is sent from them: what they
    hand to `after` runs once everything is committed. What they `owe`, or `say`, is stored with
    it, and goes out even if the program ends before it could.
    """

    journal: Journal | None = None
    author_id: int = 0

    @property
    def services(self) -> Services:
        """The use cases."""
        return self.bot_data["services"]

    def own_journal(self) -> Journal:
        """The journal of the chat; the gate has let the update in, so there is one."""
        if self.journal is None:
            raise LookupError("this update came past the gate without a journal")
        return self.journal

    @property
    def phrases(self) -> Phrases:
        """The sentences in the journal's language."""
        return phrases_for(self.own_journal().language)

    def after(self, chat_id: ChatId, effect: Effect) -> None:
        """The effect runs after the commit, in order within the chat."""
        self.services.following.append((chat_id, effect))

    def settle(self, ids: Iterable[EntryId]) -> None:
        """The messages of those entries are about to show what they are to, after the commit."""
        self.services.touched.update(ids)

    def rest(self, chat_id: ChatId, query_id: str, notice: str = "") -> None:
        """The pressed button rests again after the commit, with a short notice if there is one."""
        messenger = self.services.messenger
        self.after(chat_id, lambda: messenger.answer(query_id, notice))

    def redraw(self, key: MessageKey, saying: Saying) -> None:
        """The bot's message says that after the commit."""

        async def edit() -> None:
            await self.services.messenger.edit(key, saying)

        self.after(key.chat_id, edit)

    def owe(self, chat_id: ChatId, owed: Owed) -> None:
        """It is sent after the commit, in order within the chat, or by the next start."""
        self.services.following.append((chat_id, owed))

    def say(
        self,
        chat_id: ChatId,
        saying: Saying,
        reply_to: MessageId | None = None,
        about: Iterable[EntryId] = (),
    ) -> None:
        """The saying is owed; replies to it find the entries that it is `about`."""
        self.owe(chat_id, to_speech(saying, reply_to, about))

    def ask_in_chat(self, chat_id: ChatId, saying: Saying, prompt: Prompt, name: str) -> None:
        """As `ask`, where the saying answers no message: in a group it calls who is asked by name.

        Telegram opens the reply for whom the message names.
        """
        if not self.own_journal().personal:
            saying = saying.addressed_to(by_name(name, self.author_id))
        self.ask(chat_id, saying, prompt)

    def ask(
        self, chat_id: ChatId, saying: Saying, prompt: Prompt, reply_to: MessageId | None = None
    ) -> None:
        """The saying, which has a placeholder, is owed; a reply to it is for that."""
        self.owe(chat_id, to_speech(saying, reply_to, prompt=prompt))


class HonestApplication(
    Application[ExtBot[None], Context, dict[Any, Any], dict[Any, Any], dict[str, Services], None]
):
    """An application that does not hide that an update could not be handled.

    The stock one logs a handler's error and returns as if all was well, so the update would be
    confirmed to Telegram and lost.
    """

    async def process_error(
        self,
        update: object | None,
        error: Exception,
        job: Any = None,
        coroutine: Any = None,
    ) -> bool:
        """Raises the error again where an update caused it."""
        handled = await super().process_error(update, error, job, coroutine)
        if update is not None:
            raise error
        return handled
