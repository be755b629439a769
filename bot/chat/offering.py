"""Tells people what a file that came back would change, and what became of it."""

from __future__ import annotations

import logging
from collections.abc import Callable

from telegram.error import BadRequest, ChatMigrated, Forbidden

from bot.chat.answering import Answering
from bot.chat.messenger import Messenger
from bot.chat.offers import kept, proposal, unfetched
from bot.chat.views import Saying
from bot.domain.entry import MessageKey
from bot.domain.journal import Journal
from bot.domain.reactions import REFUSED
from bot.i18n import phrases_for
from bot.services.acknowledging import Acknowledging
from bot.services.incoming import Receipt
from bot.services.returning.differing import Proposal
from bot.services.returning.offering import Offer
from bot.services.returning.unpacking import Refusal

_LOG = logging.getLogger(__name__)


class TelegramOfferAnswers:
    """Answers the messages that brought files."""

    def __init__(
        self,
        messenger: Messenger,
        answering: Answering,
        books: Acknowledging,
        wake: Callable[[], None],
    ) -> None:
        """`wake` is called where files may have to be fetched."""
        self._messenger = messenger
        self._answering = answering
        self._books = books
        self._wake = wake

    async def propose(self, journal: Journal, offer: Offer, what: Proposal) -> MessageKey | None:
        """What would change, with the buttons to decide."""
        if what.refused and not what.differences:
            await self._react(offer.key)
        return await self._say(offer, proposal(journal, offer.id, what))

    async def tell_unfetched(
        self, journal: Journal, offer: Offer, incident: str
    ) -> MessageKey | None:
        """The file could not be fetched; a button tries again."""
        return await self._say(offer, unfetched(journal, offer.id, incident))

    async def tell_kept(
        self, journal: Journal, offer: Offer, receipt: Receipt, refusal: Refusal | None
    ) -> None:
        """The file was stored like any other, and why it was not taken for a report."""
        self._wake()
        if refusal is not None:
            said = await self._say(offer, kept(phrases_for(journal.language), refusal))
            if said is not None:
                for entry_id in receipt.touched:
                    await self._books.remember_about(entry_id, said)
        await self._answering.settle(receipt.touched)

    async def _say(self, offer: Offer, saying: Saying) -> MessageKey | None:
        """The answer; none where the chat takes none, and will not at the next try."""
        chat_id = offer.key.chat_id
        try:
            said = await self._messenger.say(chat_id, saying, offer.key.message_id, repeatable=True)
        except (BadRequest, ChatMigrated, Forbidden) as error:
            _LOG.warning("chat %d takes no answer about a file: %s", chat_id, error)
            return None
        return MessageKey(chat_id, said)

    async def _react(self, key: MessageKey) -> None:
        try:
            await self._messenger.react(key, REFUSED)
        except (ChatMigrated, Forbidden) as error:
            _LOG.info("no reaction in chat %d: %s", key.chat_id, error)
