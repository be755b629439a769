"""What people are told when something went wrong in the program."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from telegram.error import Forbidden, TelegramError

from bot.chat.afterwards import Afterwards, Effect
from bot.chat.messenger import Messenger
from bot.chat.views import say
from bot.domain.entry import ChatId, MessageId
from bot.i18n import phrases_for
from bot.services.intake import Failure, place_of

_LOG = logging.getLogger(__name__)


class Failures:
    """Tells people, with the id under which the log has it."""

    def __init__(
        self,
        messenger: Messenger,
        afterwards: Afterwards,
        language: str,
        new_incident: Callable[[], str],
    ) -> None:
        self._messenger = messenger
        self._afterwards = afterwards
        self._phrases = phrases_for(language)
        self._new_incident = new_incident

    def tell(self, failure: Failure) -> None:
        """The sender of an update that was kept as a dead letter hears of it."""
        chat_id, message_id = place_of(failure.update)
        if chat_id is not None:
            words = self._phrases.kept_for_later.format(incident=failure.incident)
            self._afterwards.add(chat_id, self._saying(chat_id, words, message_id))

    async def guard(self, chat_id: ChatId, effect: Effect) -> None:
        """The effect has run; where it failed, the person hears that it did."""
        try:
            await effect()
        except Forbidden:
            _LOG.info("chat %d does not take messages from the bot", chat_id)
        except Exception:  # noqa: BLE001 -- whatever it was, the person is not left in silence
            incident = self._new_incident()
            _LOG.exception("an answer in chat %d failed: %s", chat_id, incident)
            try:
                await self._saying(chat_id, self._phrases.failed.format(incident=incident))()
            except TelegramError as error:
                _LOG.warning("nor could the person be told: %s", error)

    def _saying(
        self, chat_id: ChatId, words: str, reply_to: MessageId | None = None
    ) -> Callable[[], Awaitable[None]]:
        async def speak() -> None:
            await self._messenger.say(chat_id, say(words), reply_to, repeatable=True)

        return speak
