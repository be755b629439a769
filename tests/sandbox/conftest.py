"""A running stand-in, and both sides of it: the bot's calls and the person's doings."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from PIL import Image

from bot.sandbox import Sandbox

PERSON = 1001


class Clock:
    """A clock that moves only when told; Unix seconds."""

    def __init__(self) -> None:
        self.seconds = 1_800_000_000.0

    def __call__(self) -> float:
        return self.seconds


class RefusalError(Exception):
    """An answer of the Bot API that is not ok, or of the control API that is not 200."""

    def __init__(self, status: int, description: str, parameters: dict[str, int]) -> None:
        self.status = status
        self.description = description
        self.parameters = parameters
        super().__init__(f"{status} {description}")


class Sides:
    """What the bot calls and what the person does, each as one method."""

    def __init__(self, sandbox: Sandbox, session: aiohttp.ClientSession, clock: Clock) -> None:
        self.sandbox = sandbox
        self.session = session
        self.clock = clock

    def address(self, method: str) -> str:
        return f"{self.sandbox.url}/bot{self.sandbox.token}/{method}"

    async def bot(self, method: str, **params: Any) -> Any:
        """The result of a call with its parameters as JSON."""
        async with self.session.post(self.address(method), json=params) as answer:
            return await result_of(answer)

    async def send_file(self, method: str, name: str, content: bytes, **params: Any) -> Any:
        form = aiohttp.FormData({key: str(value) for key, value in params.items()})
        form.add_field(name, io.BytesIO(content), filename=f"{name}.bin")
        async with self.session.post(self.address(method), data=form) as answer:
            return await result_of(answer)

    async def person(self, path: str, **wish: Any) -> Any:
        """The answer to a POST of the control API."""
        async with self.session.post(f"{self.sandbox.url}/sandbox/{path}", json=wish) as answer:
            content = await answer.json()
            if answer.status != 200:
                raise RefusalError(answer.status, content["error"], {})
            return content

    async def see(self, path: str, **query: Any) -> Any:
        """The answer to a GET of the control API."""
        address = f"{self.sandbox.url}/sandbox/{path}"
        async with self.session.get(address, params=query) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def say(self, text: str, **more: Any) -> Any:
        """The message the person sent, the first where there are several."""
        wish = {"chat_id": PERSON, "text": text} | more
        return (await self.person("messages", **wish))["messages"][0]

    async def upload(self, content: bytes, name: str = "picture.png") -> str:
        form = aiohttp.FormData()
        form.add_field("file", io.BytesIO(content), filename=name)
        async with self.session.post(f"{self.sandbox.url}/sandbox/files", data=form) as answer:
            return str((await answer.json())["file_id"])


async def result_of(answer: aiohttp.ClientResponse) -> Any:
    content = await answer.json()
    if not content["ok"]:
        assert content["error_code"] == answer.status
        raise RefusalError(answer.status, content["description"], content.get("parameters", {}))
    assert answer.status == 200
    return content["result"]


def picture(width: int = 200, height: int = 100, form: str = "PNG") -> bytes:
    """An encoded picture of one colour."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, form)
    return out.getvalue()


@pytest.fixture
async def sides() -> AsyncIterator[Sides]:
    clock = Clock()
    async with Sandbox(now=clock) as sandbox, aiohttp.ClientSession() as session:
        yield Sides(sandbox, session, clock)
