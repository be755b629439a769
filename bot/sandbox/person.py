"""A person with a phone, as a program: writes to the stand-in over HTTP and reads the chat."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from io import BytesIO
from types import TracebackType
from typing import Any, Self

import aiohttp

Message = dict[str, Any]


class Person:
    """One person in one chat. Raises aiohttp.ClientResponseError where the stand-in refuses."""

    def __init__(self, url: str, *, chat_id: int = 1001, user_id: int = 1001) -> None:
        self._url = url
        self._chat_id = chat_id
        self._user_id = user_id
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(self._url, raise_for_status=True)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        if self._session is not None:
            await self._session.close()

    async def send(self, text: str = "", *, at: datetime | None = None, **more: object) -> Message:
        """The message sent (the first part of a long one); `more` as the control API takes it."""
        body = {"chat_id": self._chat_id, "from_id": self._user_id, **more}
        if text:
            body["caption" if "file_id" in more else "text"] = text
        if at is not None:
            body["date"] = int(at.timestamp())
        answer = await self.post("messages", body)
        first: Message = answer["messages"][0]
        return first

    async def send_picture(self, content: bytes, caption: str, **more: Any) -> Message:
        """A photo with its caption."""
        file_id = await self.upload(content, "photo.jpg", "image/jpeg")
        return await self.send(caption, **{"kind": "photo", "file_id": file_id, **more})

    async def upload(self, content: bytes, name: str, mime_type: str) -> str:
        """The file id of a new file."""
        form = aiohttp.FormData(quote_fields=False)  # names as browsers send them
        form.add_field("file", BytesIO(content), filename=name, content_type=mime_type)
        form.add_field("mime_type", mime_type)
        async with self._client.post("/sandbox/files", data=form) as response:
            return str((await response.json())["file_id"])

    async def edit(self, message: Message, text: str, **more: object) -> Message:
        """The message with its new text or caption."""
        field = "text" if "text" in message else "caption"
        body = {
            "chat_id": self._chat_id,
            "message_id": message["message_id"],
            field: text,
            **more,
        }
        edited: Message = (await self.post("edits", body))["message"]
        return edited

    async def delete(self, message: Message) -> None:
        """The message is gone from the chat, whoever sent it; no bot learns of that."""
        body = {"chat_id": self._chat_id, "message_id": message["message_id"]}
        await self.post("deletions", body)

    async def press(self, message: Message, words: str) -> str:
        """The id of the press on the button with those words."""
        for row in message["reply_markup"]["inline_keyboard"]:
            for button in row:
                if button["text"] == words:
                    answer = await self.post(
                        "presses",
                        {
                            "chat_id": self._chat_id,
                            "from_id": self._user_id,
                            "message_id": message["message_id"],
                            "data": button["callback_data"],
                        },
                    )
                    return str(answer["callback_query_id"])
        raise LookupError(f"no button {words!r} on {message.get('text')!r}")

    async def fault(self, method: str, /, **fault: object) -> None:
        """Calls of the method, or of all (`*`), go wrong in that way: `kind`, `times` and so on."""
        await self.post("faults", {"method": method, **fault})

    async def clear_faults(self) -> None:
        """Nothing goes wrong any more."""
        async with self._client.delete("/sandbox/faults"):
            pass

    async def messages(self) -> list[Message]:
        """The whole chat."""
        path = f"/sandbox/chats/{self._chat_id}/messages"
        async with self._client.get(path) as response:
            found: list[Message] = (await response.json())["messages"]
        return found

    async def message(self, message_id: int) -> Message:
        """One message as it is now."""
        return next(m for m in await self.messages() if m["message_id"] == message_id)

    async def said(self) -> list[Message]:
        """What the bot has sent."""
        return [message for message in await self.messages() if message["_out"]]

    async def wait(
        self, found: Callable[[Sequence[Message]], Message | None], seconds: float = 10
    ) -> Message:
        """The message that `found` picks from the chat, as soon as there is one.

        Raises TimeoutError.
        """
        event = -1
        async with asyncio.timeout(seconds):
            while True:
                message = found(await self.messages())
                if message is not None:
                    return message
                event = await self._next_event(event)

    async def wait_for_reaction(self, message: Message, *emoji: str, seconds: float = 10) -> str:
        """The bot's reaction on the message: one of those named, or any."""

        def reacted(chat: Sequence[Message]) -> Message | None:
            for other in chat:
                if other["message_id"] == message["message_id"]:
                    shown = other["_reactions"]
                    return other if shown and (not emoji or shown[0] in emoji) else None
            return None

        shown = (await self.wait(reacted, seconds))["_reactions"]
        return str(shown[0])

    async def wait_for_answer(self, words: str, *, after: int = 0, seconds: float = 10) -> Message:
        """The bot's first message behind message `after` that holds those words."""
        return await self.wait(
            lambda chat: next(
                (
                    m
                    for m in chat
                    if m["_out"] and m["message_id"] > after and words in m.get("text", "")
                ),
                None,
            ),
            seconds,
        )

    async def wait_for_document(self, *, after: int = 0, seconds: float = 10) -> tuple[str, bytes]:
        """Name and content of the bot's first file behind message `after`."""
        message = await self.wait(
            lambda chat: next(
                (m for m in chat if m["_out"] and m["message_id"] > after and "document" in m), None
            ),
            seconds,
        )
        document = message["document"]
        return document["file_name"], await self.download(document["file_id"])

    async def download(self, file_id: str) -> bytes:
        """The content of a file that somebody has sent."""
        async with self._client.get(f"/sandbox/files/{file_id}") as response:
            return await response.read()

    async def post(self, path: str, body: object) -> Any:
        """The answer of the control API at `/sandbox/<path>`."""
        async with self._client.post(f"/sandbox/{path}", json=body) as response:
            return await response.json()

    async def get(self, path: str, **parameters: str) -> Any:
        """What the control API has at `/sandbox/<path>`."""
        async with self._client.get(f"/sandbox/{path}", params=parameters) as response:
            return await response.json()

    async def _next_event(self, after: int) -> int:
        """The number of the chat's last event, once there is one behind `after`."""
        parameters = {"after": str(max(after, 0)), "timeout": "0" if after < 0 else "1"}
        return int((await self.get("events", **parameters))["event"])

    @property
    def _client(self) -> aiohttp.ClientSession:
        if self._session is None:
            raise RuntimeError("the person is not there yet: use `async with`")
        return self._session
