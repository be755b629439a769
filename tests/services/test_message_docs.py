"""The pages about messages say what the bot makes of each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.entry import MessageId, MessageKey
from bot.domain.journal import Language
from bot.domain.text import NO_TEXT, RichText
from bot.domain.week import IsoWeek
from bot.services.incoming import Incoming, IncomingFile
from tests.services.desk import CHAT, WEEK, Desk, open_desk

_DOCS = Path(__file__).parents[2] / "docs"
_PAGES: dict[str, Language] = {"messages.md": "en", "messages.zh.md": "zh"}
_STEP = re.compile(r"^(\S[^\n]*)[:：]\n\n```(text|markdown)\n(.*?)\n```$", re.MULTILINE | re.DOTALL)
_LABELS = {
    "send": r"You send|Then|发|再发",
    "photo": r"A photo with the caption|图片，说明是",
    "album": r"An album of two with the caption|一组两张图，说明是",
    "forward": r"You forward from (\w+)|转发 (\w+) 的",
    "reply": r"You reply to “(.+)”|回复「(.+)」",
    "edit": r"You change “(.+)” to|把「(.+)」改成",
    "becomes": r"It becomes(?:, in week (\d+))?|得到(?:（第 (\d+) 周）)?",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One block of a page: what is done with it, about what, and its text."""

    act: str
    about: str
    text: str


def examples(name: str) -> list[list[Step]]:
    """The examples of the page, each of which ends with what it becomes."""
    found: list[list[Step]] = [[]]
    for step in _steps((_DOCS / name).read_text(encoding="utf-8")):
        found[-1].append(step)
        if step.act == "becomes":
            found.append([])
    assert not found.pop(), "the last example becomes nothing"
    return found


def _steps(page: str) -> Iterator[Step]:
    matches = list(_STEP.finditer(page))
    assert len(matches) == page.count("\n```") // 2, "a block has no label"
    for label, kind, text in (match.groups() for match in matches):
        [(act, said)] = [
            (act, match)
            for act, pattern in _LABELS.items()
            if (match := re.fullmatch(pattern, label))
        ]
        assert (kind == "markdown") == (act == "becomes"), label
        yield Step(act, next(filter(None, said.groups()), ""), text)


async def _play(desk: Desk, steps: list[Step]) -> None:
    """The messages are sent, twenty seconds apart; a forward comes with the one before it."""
    sent: list[Incoming] = []
    for step in steps:
        if step.act != "forward":
            desk.clock.advance(timedelta(seconds=20))
        about = [one for one in sent if step.about and step.about in one.text.text]
        new = Incoming(
            MessageKey(CHAT, MessageId(len(sent) + 1)),
            desk.clock.now(),
            author_id=1001,
            author="Zhou",
            text=RichText(step.text),
        )
        match step.act:
            case "photo":
                new = replace(new, file=_photo(1))
            case "album":
                first = replace(new, file=_photo(1), media_group="album")
                sent.append(first)
                await desk.capture.receive(desk.journal, first)
                key = replace(new.key, message_id=MessageId(len(sent) + 1))
                new = replace(first, key=key, text=NO_TEXT, file=_photo(2))
            case "forward":
                new = replace(new, is_forward=True, origin=RichText(step.about))
            case "reply":
                new = replace(new, reply_to=about[0].key, answered=about[0])
            case "edit":
                new = replace(about[0], text=RichText(step.text), edited=True)
        sent.append(new)
        await desk.capture.receive(desk.journal, new)


def _photo(number: int) -> IncomingFile:
    name = f"photo-{number}"
    return IncomingFile(name, name, ".jpg", 1000, is_picture=True, is_photo=True)


def _cases() -> list[tuple[str, int]]:
    return [(name, number) for name in _PAGES for number in range(len(examples(name)))]


@pytest.mark.parametrize(("name", "number"), _cases())
async def test_a_message_becomes_what_the_page_says(name: str, number: int, tmp_path: Path) -> None:
    """Byte for byte, through the real grammar and the real renderer."""
    *steps, becomes = examples(name)[number]
    week = IsoWeek(2023, int(becomes.about)) if becomes.about else WEEK
    async with open_desk(tmp_path / "weeknotes.db", _PAGES[name]) as desk:
        await _play(desk, steps)
        compiled = await desk.reporting.compile(desk.journal, week)
    title, _, body = compiled.markdown.partition("\n\n")
    whole = becomes.text.startswith("# ")
    assert (f"{title}\n\n{body}" if whole else body) == f"{becomes.text}\n"


def test_both_languages_have_the_same_examples() -> None:
    """In the same order: a reader of one misses nothing of the other."""
    english, chinese = ([[step.act for step in one] for one in examples(name)] for name in _PAGES)
    assert english == chinese
