"""The log: what happens, and nothing of what people write."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Iterator
from unittest.mock import AsyncMock, patch

import pytest

from bot.adapters.logs import (
    _TALKATIVE,
    _TELLS_BODIES,
    JsonFormatter,
    MaskedFormatter,
    configure,
)
from bot.adapters.masking import Mask
from bot.chat.outgoing import Outgoing
from bot.services.reporting import Reporting
from tests.e2e.conftest import Scene
from tests.e2e.pictures import jpeg
from tests.e2e.processes import until

_INCIDENT = re.compile(r"[2-9bcdfghj-np-tv-z]{8}")
# In everything that is written, in any capitals.
_WORDS = ("zebra", "斑马")


class _Ear:
    """Hears everything that is logged, as text and as JSON."""

    def __init__(self) -> None:
        self._streams = {kind: io.StringIO() for kind in (MaskedFormatter, JsonFormatter)}
        self.handlers = []
        for kind, stream in self._streams.items():
            handler = logging.StreamHandler(stream)
            handler.setFormatter(kind(Mask()))
            self.handlers.append(handler)

    @property
    def text(self) -> list[str]:
        """The lines of the log for people."""
        return self._streams[MaskedFormatter].getvalue().strip("\n").split("\n")

    @property
    def events(self) -> list[dict[str, str]]:
        """The log for programs."""
        lines = self._streams[JsonFormatter].getvalue().strip("\n").split("\n")
        return [json.loads(line) for line in lines]


@pytest.fixture
def ear(request: pytest.FixtureRequest) -> Iterator[_Ear]:
    """What is logged meanwhile at info and above, or as the test wants it, is heard."""
    ear, root = _Ear(), logging.getLogger()
    before, level = root.handlers[:], root.level
    quiet = {name: logging.getLogger(name).level for name in (*_TALKATIVE, _TELLS_BODIES)}
    configure(getattr(request, "param", "info"))
    root.handlers[:] = [*before, *ear.handlers]
    try:
        yield ear
    finally:
        root.handlers[:] = before
        root.setLevel(level)
        logging.captureWarnings(capture=False)
        for name, was in quiet.items():
            logging.getLogger(name).setLevel(was)


@pytest.mark.parametrize("ear", ["info", "debug"], indirect=True)
async def test_nothing_that_was_written_is_in_the_log(scene: Scene, ear: _Ear) -> None:
    """No word, title, file name or address, while things go right and while they go wrong."""
    person = scene.person
    async with scene.bot() as bot:
        first = await scene.write("#life 斑马 Zebra https://zebra.invalid/zebra?zebra")
        await scene.write("#tech #zebra\n- 斑马\n    - Zebra")
        await person.edit(first, text="#life Zebra 又来了 http://127.0.0.1:9/zebra")
        await scene.send_file(b"zebra", "Zebra 斑马.txt", "text/plain", "#life 斑马")
        await scene.send_file(b"# Zebra\n\nno report", "zebra.md", "text/markdown", "")
        await scene.send_file(b"PK zebra", "zebra.zip", "application/zip", "")
        await person.send_picture(jpeg(), "#life Zebra", at=scene.clock.now())
        await scene.arrived(2)
        await person.fault("getFile", kind="status", error_code=400, description="wrong file_id")
        await person.send_picture(jpeg("#aa3b10"), "#life 斑马", at=scene.clock.now())
        await person.wait_for_answer("没能从 Telegram 下载下来")
        await scene.write("#title 斑马周报 {zebra}")
        await person.send("/invite", at=scene.clock.now())
        invitation = await person.wait_for_answer("?start")
        [code] = re.findall(r"\?start(?:group)?=([\w-]{20,})", invitation["text"])[:1]
        await person.send("/search zebra", at=scene.clock.now())
        await person.send("/settings zone zebra", at=scene.clock.now())
        await person.send("/edit 1.1 Zebra", at=scene.clock.now())
        async with bot.database.atomic() as connection:
            await connection.execute(
                "UPDATE journals SET document_template = '{% zebra %}{{ body }}'"
            )
        for path in (scene.folder / "data" / "pictures").rglob("*"):
            if path.is_file():
                path.unlink()
        await person.fault("setMessageReaction", kind="status", error_code=400, description="no")
        await person.send("#life 斑马, not reacted to", at=scene.clock.now())
        asked = await person.send("/draft", at=scene.clock.now())
        await person.wait_for_document(after=asked["message_id"])
        poison = {"message_id": 5, "chat": {"id": 1001, "type": "private"}, "text": "Zebra"}
        await person.post("updates", {"message": poison})
        await person.wait_for_answer("原样留着了")
        await until(lambda: any("template failed" in line for line in ear.text))
        await until(lambda: any("cannot be read" in line for line in ear.text))
    said = "\n".join([*ear.text, *map(str, ear.events)]).lower()
    assert [word for word in (*_WORDS, "小周", code.lower()) if word in said] == []
    # One line for each event; a trace is below it, or in it.
    heads = [line for line in ear.text if not line.startswith("    ")]
    assert all(re.match(r"\d{4}-\d\d-\d\dT[\d:.]+Z [A-Z]+ +[\w.]+: \S", line) for line in heads)
    assert len(heads) == len(ear.events)
    assert all({"time", "level", "logger", "event"} <= event.keys() for event in ear.events)


async def test_a_file_that_is_missing_is_found_in_the_log(scene: Scene, ear: _Ear) -> None:
    """By the name that it has here, or by an incident where it was to be a report."""
    person = scene.person
    async with scene.bot():
        for kind, words in (("photo", "没能从 Telegram 下载下来"), ("report", "日志里找")):
            await person.fault("getFile", kind="status", error_code=400, description="wrong id")
            if kind == "photo":
                await person.send_picture(jpeg(), "#life 图", at=scene.clock.now())
            else:
                await scene.send_file(b"# 2023-W40\n", "2023-W40.md", "text/markdown", "")
            told = (await person.wait_for_answer(words))["text"]
            name = told.split()[0] if kind == "photo" else _INCIDENT.findall(told)[0]
            [event] = [event for event in ear.events if name in event["event"]]
            assert (event["level"], "wrong id" in event["event"]) == ("warning", True)


@pytest.mark.parametrize("at_fault", ["an answer", "a message"])
async def test_what_a_person_is_told_is_found_in_the_log(
    scene: Scene, ear: _Ear, at_fault: str
) -> None:
    """The id in the sentence stands in one record, with the trace of the fault."""
    person = scene.person
    async with scene.bot():
        await scene.write("#life 一件")
        if at_fault == "an answer":
            with patch.object(Reporting, "compile", AsyncMock(side_effect=RuntimeError("no"))):
                await person.send("/draft", at=scene.clock.now())
                told = await person.wait_for_answer("没做成")
        else:
            with patch.object(Outgoing, "owe", AsyncMock(side_effect=RuntimeError("no"))):
                await person.send("/help", at=scene.clock.now())
                told = await person.wait_for_answer("原样留着了")
    [incident] = _INCIDENT.findall(told["text"])
    [event] = [event for event in ear.events if incident in event["event"]]
    assert (event["level"], "RuntimeError: no" in event["trace"]) == ("error", True)
