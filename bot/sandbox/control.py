"""The control API: what the people of the stand-in do and see, as JSON over HTTP."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from aiohttp import web

from bot.sandbox import people, places
from bot.sandbox.bot_api import BotApi
from bot.sandbox.errors import PersonError
from bot.sandbox.faults import Fault
from bot.sandbox.forms import read_form, uploaded
from bot.sandbox.world import Json, World

_STATIC: Final = Path(__file__).parent / "static"
_LONGEST_POLL_SECONDS: Final = 60.0

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def sentences(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer a person's mistake with `{"error": sentence}` and status 400."""
    try:
        return await handler(request)
    except PersonError as error:
        return web.json_response({"error": str(error)}, status=HTTPStatus.BAD_REQUEST)


class Control:
    """The person's side of the server."""

    def __init__(self, world: World, bot_api: BotApi) -> None:
        self._world = world
        self._bot_api = bot_api

    def routes(self) -> list[web.RouteDef]:
        """Every address of the control API."""
        return [
            web.get("/", self._page),
            web.get("/static/{name}", self._page),
            web.get("/sandbox/state", self._state),
            web.get("/sandbox/chats/{chat_id}/messages", self._messages),
            web.get("/sandbox/events", self._events),
            web.post("/sandbox/messages", self._write),
            web.post("/sandbox/files", self._upload),
            web.get("/sandbox/files/{file_id}", self._file),
            web.post("/sandbox/edits", self._edit),
            web.post("/sandbox/deletions", self._delete),
            web.post("/sandbox/presses", self._press),
            web.post("/sandbox/reactions", self._react),
            web.post("/sandbox/users", self._add_user),
            web.post("/sandbox/chats", self._add_chat),
            web.post("/sandbox/chats/{chat_id}", self._change_chat),
            web.post("/sandbox/faults", self._add_fault),
            web.delete("/sandbox/faults", self._clear_faults),
            web.post("/sandbox/options", self._options),
            web.get("/sandbox/calls", self._calls),
            web.get("/sandbox/updates", self._updates),
            web.post("/sandbox/updates", self._put_update),
        ]

    async def _page(self, request: web.Request) -> web.StreamResponse:
        path = _STATIC / request.match_info.get("name", "index.html")
        # The name is one path segment, yet an encoded `..` may stand in it.
        if path.parent != _STATIC or ".." in path.parts or not path.is_file():
            raise web.HTTPNotFound
        return web.FileResponse(path, headers={"Cache-Control": "no-cache"})

    async def _state(self, _: web.Request) -> web.Response:
        world = self._world
        chats = [
            {
                **chat.data,
                "members": chat.members,
                "blocked": chat.blocked,
                "kicked": chat.status == "kicked",
                "migrated_to": chat.migrated_to,
                "allowed_reactions": chat.allowed_reactions,
            }
            for chat in world.chats.values()
        ]
        return _answer(
            {
                "bot": world.bot,
                "chats": chats,
                "users": list(world.users.values()),
                "event": world.changes.event,
                "now": world.now(),
                "options": self._current_options(),
            }
        )

    async def _messages(self, request: web.Request) -> web.Response:
        chat = self._world.chats.get(_number(request.match_info["chat_id"]))
        if chat is None:
            raise PersonError("There is no such chat.")
        after = _number(request.query.get("after_event", "0"))
        shown = [posted.shown() for posted in chat.messages.values() if posted.event > after]
        return _answer({"event": self._world.changes.event, "messages": shown})

    async def _events(self, request: web.Request) -> web.Response:
        after = _number(request.query.get("after", "0"))
        seconds = min(float(_number(request.query.get("timeout", "0"))), _LONGEST_POLL_SECONDS)
        changes = await self._world.changes.after(after, seconds)
        return _answer({"event": self._world.changes.event, "changes": changes})

    async def _write(self, request: web.Request) -> web.Response:
        posted = await people.write(self._world, await _wish(request))
        return _answer({"messages": [one.shown() for one in posted]})

    async def _upload(self, request: web.Request) -> web.Response:
        if request.content_type != "multipart/form-data":
            raise PersonError("A file comes as multipart/form-data.")
        fields, uploads = await read_form(request)
        given = uploads.get("file")
        if given is None:
            raise PersonError("The form has no file in the field `file`.")
        named = uploaded(given.name, fields.get("mime_type") or given.mime_type, given.content)
        file = self._world.files.keep(
            named.content, kind="upload", name=named.name, mime_type=named.mime_type
        )
        return _answer(file.described())

    async def _file(self, request: web.Request) -> web.Response:
        file = self._world.files.find(request.match_info["file_id"])
        if file is None:
            raise web.HTTPNotFound
        text = file.mime_type.startswith("text/")
        headers = {
            "Content-Type": file.mime_type + "; charset=utf-8" * text,
            # What a person was sent must not run as a part of this page.
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "X-Content-Type-Options": "nosniff",
        }
        return web.Response(body=file.content, headers=headers)

    async def _edit(self, request: web.Request) -> web.Response:
        return _answer({"message": people.edit(self._world, await _wish(request)).shown()})

    async def _delete(self, request: web.Request) -> web.Response:
        people.delete(self._world, await _wish(request))
        return _answer({})

    async def _press(self, request: web.Request) -> web.Response:
        query_id = people.press(self._world, await _wish(request))
        return _answer({"callback_query_id": query_id})

    async def _react(self, request: web.Request) -> web.Response:
        people.react(self._world, await _wish(request))
        return _answer({})

    async def _add_user(self, request: web.Request) -> web.Response:
        return _answer(places.add_user(self._world, await _wish(request)))

    async def _add_chat(self, request: web.Request) -> web.Response:
        return _answer(places.add_chat(self._world, await _wish(request)).data)

    async def _change_chat(self, request: web.Request) -> web.Response:
        chat_id = _number(request.match_info["chat_id"])
        return _answer(places.change_chat(self._world, chat_id, await _wish(request)).data)

    async def _add_fault(self, request: web.Request) -> web.Response:
        fault_id = self._world.serial()
        self._bot_api.faults[fault_id] = Fault.read(await _wish(request))
        return _answer({"id": fault_id})

    async def _clear_faults(self, _: web.Request) -> web.Response:
        self._bot_api.faults.clear()
        return _answer({})

    async def _options(self, request: web.Request) -> web.Response:
        wish, current = await _wish(request), self._current_options()
        if strange := wish.keys() - current.keys():
            raise PersonError(f"There is no option {', '.join(sorted(strange))}.")
        chosen = current | wish
        self._world.rich_messages = bool(chosen["rich_messages"])
        self._world.flood_control = bool(chosen["flood_control"])
        self._bot_api.records_calls = bool(chosen["record_calls"])
        return _answer(self._current_options())

    def _current_options(self) -> Json:
        return {
            "rich_messages": self._world.rich_messages,
            "flood_control": self._world.flood_control,
            "record_calls": self._bot_api.records_calls,
        }

    async def _calls(self, request: web.Request) -> web.Response:
        wanted = request.query.get("method", "").lower()
        calls = [
            {**call, "params": call["params"].decoded()}
            for call in self._bot_api.calls
            if wanted in {"", call["method"].lower()}
        ]
        return web.json_response(calls)

    async def _updates(self, _: web.Request) -> web.Response:
        queue = self._world.updates
        return _answer({"pending": len(queue), "confirmed_through": queue.confirmed_through})

    async def _put_update(self, request: web.Request) -> web.Response:
        return _answer({"update_id": self._world.updates.put_raw(await _wish(request))})


async def _wish(request: web.Request) -> Json:
    try:
        wish: Any = json.loads(await request.read() or b"{}")
    except ValueError:
        raise PersonError("The request is not JSON.") from None
    if not isinstance(wish, dict):
        raise PersonError("The request is not a JSON object.")
    return wish


def _number(text: str) -> int:
    try:
        return int(float(text))
    except (ValueError, OverflowError):
        raise PersonError(f"{text} is no number.") from None


def _answer(content: Json) -> web.Response:
    return web.json_response(content)
