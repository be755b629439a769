"""A stand-in for Telegram that costs next to nothing, in a process of its own.

The sandbox checks what it is sent and keeps a world, so a fast bot would be measured by it. This
one speaks as little of the Bot API as a bot needs that is sent texts and answers them. It is
honest in what counts: an update is offered until a later offset confirms it, an answer counts
once for each message, and each request is a whole one with an answer of its own.

Every bot has a token, and with it a queue of its own. `/control/…` is for who measures.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import defaultdict, deque
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

BATCH: Final = 100
_FIRST_PERSON: Final = 1001
_ME: Final = {
    "id": 1000000001,
    "is_bot": True,
    "first_name": "Bot",
    "username": "lean_bot",
    "can_join_groups": True,
    "can_read_all_group_messages": True,
    "supports_inline_queries": False,
}


_TEXTS: Final = (
    "#tech 第 {} 件事，修好了内存泄漏",
    "#tech 第 {} 件事，读完了 Designing Data-Intensive Applications 的第三章，很有收获",
    "#tech 第 {} 件事，修好了 `cache` 的内存泄漏",
    "#tech 第 {} 件事，升级了数据库\n- 备份先做好\n- 停机两分钟",
)


def text_of(number: int) -> str:
    """What the message says: most are plain, one of four has a format, one of four has lines."""
    return _TEXTS[number % len(_TEXTS)].format(number)


class Queue:
    """What waits for one bot, and when each message was sent, confirmed and answered."""

    def __init__(self) -> None:
        self.waiting: deque[tuple[int, str]] = deque()
        self.news = asyncio.Event()
        self.sent_at: dict[int, float] = {}
        self.answered_at: dict[int, float] = {}
        self.calls_at: list[float] = []
        self.confirmed_at = 0.0
        self.polled_at: list[float] = []
        # Behind whatever a database may hold already.
        self.last = 1_000_000

    def put(self, people: int, text: str = "") -> None:
        """One more message waits, with that text or one of those that all bots are sent."""
        self.last += 1
        number = self.last
        text = text or text_of(number)
        length = len(text.split()[0])
        person = _FIRST_PERSON + number % people
        user = {"id": person, "is_bot": False, "first_name": "P", "language_code": "zh-hans"}
        message = {
            "message_id": number,
            "from": user,
            "chat": {"id": person, "type": "private", "first_name": "P"},
            "date": int(time.time()),
            "text": text,
            "entities": [
                {
                    "type": "bot_command" if text.startswith("/") else "hashtag",
                    "offset": 0,
                    "length": length,
                }
            ],
        }
        update = json.dumps({"update_id": number, "message": message})
        self.waiting.append((number, update))
        self.sent_at[number] = time.monotonic()
        self.news.set()

    def confirm_before(self, offset: int) -> None:
        """What is below has arrived."""
        while self.waiting and self.waiting[0][0] < offset:
            self.waiting.popleft()
            self.confirmed_at = time.monotonic()

    def answer(self, number: int) -> None:
        """The message has been answered; only the first time counts."""
        self.calls_at.append(time.monotonic())
        if number in self.sent_at:
            self.answered_at.setdefault(number, self.calls_at[-1])

    def forget(self) -> None:
        """Nothing has been measured yet."""
        self.sent_at.clear()
        self.answered_at.clear()
        self.calls_at.clear()


class Server:
    """Answers whatever is asked; `queues` by token."""

    def __init__(self) -> None:
        self.queues: defaultdict[str, Queue] = defaultdict(Queue)

    async def reply(self, path: str, body: bytes) -> bytes:
        """The answer to a request, as JSON."""
        _, token, method = path.split("/")
        queue = self.queues[token]
        if token == "control":  # noqa: S105 -- no secret but a place
            return json.dumps(await self.control(method, json.loads(body or b"{}"))).encode()
        called = method.lower()
        if called.startswith("send") and called != "sendmessage":
            # A form with a file, or a report: whatever is in it has arrived.
            queue.calls_at.append(time.monotonic())
            return _sent(10_000_000 + len(queue.calls_at), _FIRST_PERSON, "")
        values: dict[str, Any] = dict(parse_qsl(body.decode()))
        match called:
            case "setmessagereaction":
                queue.answer(int(values["message_id"]))
                return b'{"ok":true,"result":true}'
            case "sendmessage":
                words = values["text"].split()
                if len(words) > 2 and words[0] == "#tech":
                    queue.answer(int(words[2]))
                else:
                    queue.calls_at.append(time.monotonic())
                number = 10_000_000 + len(queue.calls_at)
                return _sent(number, int(values["chat_id"]), values["text"])
            case "getupdates":
                return await self.updates(queue, values)
            case "getme":
                return json.dumps({"ok": True, "result": _ME}).encode()
        return b'{"ok":true,"result":true}'

    async def updates(self, queue: Queue, values: dict[str, Any]) -> bytes:
        """The next batch, waited for."""
        queue.polled_at.append(time.monotonic())
        queue.confirm_before(int(values.get("offset", 0)))
        if not queue.waiting and float(values.get("timeout", 0)):
            queue.news.clear()
            try:
                await asyncio.wait_for(queue.news.wait(), float(values["timeout"]))
            except TimeoutError:
                return b'{"ok":true,"result":[]}'
        limit = min(int(values.get("limit", BATCH)), BATCH)
        batch = ",".join(
            update for _, (_, update) in zip(range(limit), queue.waiting, strict=False)
        )
        return f'{{"ok":true,"result":[{batch}]}}'.encode()

    async def control(self, verb: str, wish: dict[str, Any]) -> Any:
        """What is done for who measures."""
        if verb == "ping":
            return True
        queue = self.queues[wish["bot"]]
        match verb:
            case "polls":
                return len(queue.polled_at)
            case "fill":
                # The lean one makes its messages before it is asked for the first of them.
                queue.forget()
                first = len(queue.waiting)
                for _ in range(wish["count"]):
                    queue.put(wish["people"])
                return first
            case "say":
                queue.forget()
                queue.put(1, wish["text"])
                return True
            case "send":
                queue.forget()
                begin = time.monotonic()
                for number in range(wish["count"]):
                    wait = begin + number / wish["per_second"] - time.monotonic()
                    await asyncio.sleep(max(wait, 0))
                    queue.put(wish["people"])
                return True
            case "seen":
                return {
                    "waiting": len(queue.waiting),
                    "answered": len(queue.answered_at),
                    "calls": len(queue.calls_at),
                    "seconds_to_answers": _last(queue.answered_at) - _first(queue.sent_at),
                    "seconds_to_stored": queue.confirmed_at - _first(queue.sent_at),
                    "waits": [at - queue.sent_at[n] for n, at in queue.answered_at.items()],
                    "calls_at": queue.calls_at if wish.get("calls") else [],
                }
        raise LookupError(verb)


def _sent(number: int, chat: int, text: str) -> bytes:
    message = {
        "message_id": number,
        "from": _ME,
        "chat": {"id": chat, "type": "private", "first_name": "P"},
        "date": int(time.time()),
        "text": text,
    }
    return json.dumps({"ok": True, "result": message}).encode()


def _first(times: dict[int, float]) -> float:
    return next(iter(times.values()), 0.0)


def _last(times: dict[int, float]) -> float:
    return max(times.values(), default=0.0)


class Connection(asyncio.Protocol):
    """One connection that is kept: HTTP/1.1 with a length for each body, or in chunks."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._buffer = bytearray()
        self._transport: asyncio.Transport | None = None
        self._busy: asyncio.Task[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """It is open."""
        if isinstance(transport, asyncio.Transport):
            self._transport = transport

    def data_received(self, data: bytes) -> None:
        """A whole request is answered, half of one waits for its rest."""
        self._buffer += data
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0 or (self._busy is not None and not self._busy.done()):
            return
        head = bytes(self._buffer[:end]).decode("latin-1")
        lowered = head.lower()
        begin = end + 4
        if "transfer-encoding: chunked" in lowered:
            if not self._buffer.endswith(b"0\r\n\r\n"):
                return
            body = _unchunked(bytes(self._buffer[begin:]))
            self._buffer.clear()
        else:
            _, _, rest = lowered.partition("content-length:")
            length = int(rest.partition("\r\n")[0] or 0)
            if len(self._buffer) < begin + length:
                return
            body = bytes(self._buffer[begin : begin + length])
            del self._buffer[: begin + length]
        path = urlsplit(head.split(" ", 2)[1]).path
        self._busy = asyncio.ensure_future(self._answer(path, body))

    async def _answer(self, path: str, body: bytes) -> None:
        answer = await self._server.reply(path, body)
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                % len(answer)
                + answer
            )


def _unchunked(body: bytes) -> bytes:
    parts: list[bytes] = []
    while body:
        size, _, body = body.partition(b"\r\n")
        length = int(size, 16)
        parts.append(body[:length])
        body = body[length + 2 :]
    return b"".join(parts)


async def main() -> None:
    """Serves until its standard input ends; the first line that it prints is its port."""
    loop, server = asyncio.get_running_loop(), Server()
    listening = await loop.create_server(lambda: Connection(server), "127.0.0.1", 0)
    sys.stdout.write(f"{listening.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main())
