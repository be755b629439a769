"""The bot's way to the Bot API, whose calls are counted; used only where `/metrics` is wanted."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from telegram.error import TelegramError
from telegram.request import RequestData

from bot.chat.requesting import AiohttpRequest
from bot.services.tally import Tally

_FILE: Final = "file"


class CountedRequest(AiohttpRequest):
    """Does what it is asked to, and tells the tally how it ended."""

    def __init__(self, tally: Tally, api_url: str) -> None:
        super().__init__(api_url)
        self._tally = tally

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *args: Any,
        **more: Any,
    ) -> tuple[int, bytes]:
        """As without counting. Raises what that raises."""
        # The address of a file ends with a name that somebody else gives.
        name = _FILE if method == "GET" else url.rpartition("/")[2]
        try:
            status, content = await super().do_request(url, method, request_data, *args, **more)
        except TelegramError:
            self._tally.called(name, "failed")
            raise
        self._tally.called(name, str(status))
        if status == HTTPStatus.OK:
            self._note(name, {} if request_data is None else request_data.parameters)
        return status, content

    def _note(self, name: str, parameters: dict[str, Any]) -> None:
        if name == "getUpdates":
            self._tally.polled()
        elif name == "setMessageReaction":
            self._tally.reacted((parameters["chat_id"], parameters["message_id"]))
