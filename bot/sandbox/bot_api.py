"""The Bot API over HTTP: `/bot<token>/<method>` and the downloads.

Source: https://core.telegram.org/bots/api#making-requests
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import parse_qsl

from aiohttp import web

from bot.sandbox.calls import Call
from bot.sandbox.editing import EDITING
from bot.sandbox.errors import ApiError, refused
from bot.sandbox.faults import Fault, Kind
from bot.sandbox.forms import read_form
from bot.sandbox.limits import UPLOAD_BYTES
from bot.sandbox.membership import MEMBERSHIP
from bot.sandbox.params import Params
from bot.sandbox.profile import PROFILE
from bot.sandbox.receiving import RECEIVING
from bot.sandbox.sending import SENDING
from bot.sandbox.world import World

METHODS: Final[Mapping[str, Callable[[Call], Any]]] = {
    **SENDING, **EDITING, **MEMBERSHIP, **PROFILE, **RECEIVING,
}  # fmt: skip
_FLOODING: Final = frozenset(
    name
    for name in METHODS
    if name.startswith(("send", "edit", "forward", "copy")) and name != "sendchataction"
)
_RECORDED_CALLS: Final = 10_000
# What a form adds around the largest file it may carry.
_FORM_BYTES: Final = 1024 * 1024


class BotApi:
    """Answers the bot's calls from the world, with whatever trouble was asked for."""

    def __init__(self, world: World, token: str, stopping: asyncio.Event) -> None:
        self._world = world
        self._token = token
        self._stopping = stopping
        self.faults: dict[int, Fault] = {}
        self.records_calls = True
        self.calls: deque[dict[str, Any]] = deque(maxlen=_RECORDED_CALLS)

    async def call(self, request: web.Request) -> web.StreamResponse:
        """Carry out one method and answer `{"ok": …}` with the status Telegram gives."""
        name = request.match_info["method"]
        record: dict[str, Any] = {"method": name, "params": Params({}), "at": time.monotonic()}
        try:
            if request.match_info["token"] != self._token:
                raise ApiError(401)
            method = METHODS.get(name.lower())
            if method is None:
                raise ApiError(404)
            params = record["params"] = await read_params(request)
            if fault := self._fault(name, params):
                return await self._troubled(request, fault, method, params, record)
            body, status = await self._answer(name, method, params, record)
        except ApiError as error:
            body, status = _failure(error)
            self._record(record, ok=False)
        except ConnectionResetError:
            # The bot was killed in mid-request: nobody is left to answer.
            raise web.HTTPBadRequest from None
        return _response(body, status)

    async def download(self, request: web.Request) -> web.Response:
        """The content of a file by the path that `getFile` told."""
        if request.match_info["token"] != self._token:
            return _response(*_failure(ApiError(401)))
        file = self._world.files.at(request.match_info["path"])
        if file is None:
            return _response(*_failure(ApiError(404)))
        return web.Response(body=file.content, content_type="application/octet-stream")

    def _fault(self, name: str, params: Params) -> Fault | None:
        if not self.faults:
            return None
        try:
            chat_id = params.number("chat_id") or None
        except ApiError:
            chat_id = None
        return next((f for f in self.faults.values() if f.strikes(name, chat_id)), None)

    async def _answer(
        self,
        name: str,
        method: Callable[[Call], Any],
        params: Params,
        record: dict[str, Any],
    ) -> tuple[str, int]:
        try:
            if self._world.flood_control and name.lower() in _FLOODING:
                chat_id = params.number("chat_id")
                self._world.flood.admit(chat_id, is_group=chat_id < 0, at=time.monotonic())
            result = await method(Call(self._world, params))
        except ApiError as error:
            self._record(record, ok=False)
            return _failure(error)
        self._record(record, ok=True)
        return json.dumps({"ok": True, "result": result}), 200

    async def _troubled(
        self,
        request: web.Request,
        fault: Fault,
        method: Callable[[Call], Any],
        params: Params,
        record: dict[str, Any],
    ) -> web.StreamResponse:
        record["fault"] = fault.kind
        if fault.kind is Kind.STATUS:
            more = {} if fault.retry_after is None else {"retry_after": fault.retry_after}
            raise ApiError.told(fault.error_code, fault.description, **more)
        if fault.kind is Kind.DELAY:
            await self._pause(fault.seconds)
        if fault.kind in {Kind.DROP, Kind.HANG} and fault.when == "before":
            self._record(record, ok=False)
            return await self._cut(request, hang=fault.kind is Kind.HANG)
        body, status = await self._answer(record["method"], method, params, record)
        if fault.kind in {Kind.DROP, Kind.HANG}:
            return await self._cut(request, hang=fault.kind is Kind.HANG)
        return _response(body[: len(body) // 2] if fault.kind is Kind.TRUNCATE else body, status)

    async def _cut(self, request: web.Request, *, hang: bool) -> web.Response:
        """End the connection without an answer, at once or when the server stops."""
        if hang:
            await self._stopping.wait()
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    async def _pause(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except TimeoutError:
            return

    def _record(self, record: dict[str, Any], *, ok: bool) -> None:
        if self.records_calls:
            self.calls.append({**record, "ok": ok})


async def read_params(request: web.Request) -> Params:
    """The parameters of a call from its address, form or JSON; ApiError (400, 413)."""
    values: dict[str, Any] = dict(request.query)
    if not request.can_read_body:
        return Params(values)
    if (request.content_length or 0) > UPLOAD_BYTES + _FORM_BYTES:
        raise ApiError(413)
    if request.content_type == "multipart/form-data":
        fields, uploads = await read_form(request, UPLOAD_BYTES)
        return Params(values | fields, uploads)
    body = await request.read()
    if request.content_type == "application/json":
        try:
            values |= json.loads(body or b"{}")
        except (ValueError, TypeError):
            raise refused("can't parse request JSON object") from None
    else:
        values |= parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
    return Params(values)


def _failure(error: ApiError) -> tuple[str, int]:
    answer: dict[str, Any] = {
        "ok": False,
        "error_code": error.code,
        "description": error.description,
    }
    if error.parameters:
        answer["parameters"] = error.parameters
    return json.dumps(answer), error.code


def _response(body: str, status: int) -> web.Response:
    return web.Response(text=body, status=status, content_type="application/json")
