"""The pages about messages say what the bot makes of each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.entry import MessageId, MessageKey
from bot.domain.grammar.message import parse_message
from bot.domain.grammar.weekmarks import resolve
from bot.domain.journal import Language
from bot.domain.markdown import item_source
from bot.domain.reactions import CHANGED, REFUSED, STORED, UNTAGGED
from bot.domain.text import NO_TEXT, RichText, Span, Style
from bot.domain.week import IsoWeek
from bot.services.incoming import Incoming, IncomingFile
from tests.clock import START
from tests.services.desk import CHAT, WEEK, Desk, open_desk

_DOCS = Path(__file__).parents[2] / "docs"
_PAGES: dict[str, Language] = {"messages.md": "en", "messages.zh.md": "zh"}
_STEP = re.compile(r"^(\S[^\n]*)[:：]\n\n```(text|markdown)\n(.*?)\n```$", re.MULTILINE | re.DOTALL)
_LABELS = {
    "send": r"You send|Then|发|再发",
    "photo": r"A photo with the caption|图片，说明是",
    "album": r"An album of two with the caption|一组两张图，说明是",
    "file": r"The file (\S+) with the caption|文件 (\S+)，说明是",
    "forward": r"You forward from (\w+)|转发 (\w+) 的",
    "reply": r"You reply to “(.+)”|回复「(.+)」",
    "edit": r"You change “(.+)” to|把「(.+)」改成",
    "becomes": r"It becomes(?:, in week (\d+))?|得到(?:（第 (\d+) 周）)?",
}

# In the order of the table of formats.
_STYLES = (Style.BOLD, Style.ITALIC, Style.STRIKE, Style.UNDERLINE, Style.CODE, Style.LINK)


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
            case "file":
                file = IncomingFile(step.about, step.about, ".pdf", 1000, label=step.about)
                new = replace(new, file=file)
            case "forward":
                new = replace(new, is_forward=True, origin=RichText(step.about))
            case "reply":
                new = replace(new, reply_to=about[0].key, answered=about[0])
            case "edit":
                new = replace(about[0], text=RichText(step.text), edited=True)
        sent.append(new)
        if step.text == "/delete":
            await desk.capture.delete(desk.journal, new)
        else:
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


def _table(name: str, first: str) -> dict[str, str]:
    """The rows of the page's table whose head begins with that word."""
    text = (_DOCS / name).read_text(encoding="utf-8")
    found = re.findall(rf"^\| {first} \| .*\n\|---\|---\|\n((?:\| .*\n)+)", text, re.MULTILINE)
    return {row[0]: row[1] for line in found[0].splitlines() for row in [line[2:-2].split(" | ")]}


@pytest.mark.parametrize(
    ("name", "first"), [("messages.md", "in Telegram"), ("messages.zh.md", "Telegram 里")]
)
def test_formats_look_as_the_table_says(name: str, first: str) -> None:
    """Each is written so where it stands alone."""
    table = _table(name, first)
    for (called, code), style in zip(table.items(), _STYLES, strict=True):
        word = "word" if called.isascii() else "文字"
        value = "https://example.org/" if style is Style.LINK else ""
        text = RichText(word, (Span(0, len(word), style, value),))
        assert code in {f"`{item_source(text)}`", f"`` {item_source(text)} ``"}, called


@pytest.mark.parametrize(("name", "first"), [("messages.md", "mark"), ("messages.zh.md", "记号")])
def test_marks_mean_the_weeks_of_the_table(name: str, first: str) -> None:
    """Seen from the day of the page, behind some words."""
    table = _table(name, first)
    assert len(table) >= 6
    for mark, week in table.items():
        read = parse_message(RichText(f"words {mark.strip('`')}"), ()).week
        assert read is not None, mark
        assert str(resolve(read, START.date())) == week


@pytest.mark.parametrize(
    ("name", "first"), [("messages.md", "on your message"), ("messages.zh.md", "消息上")]
)
def test_reactions_are_those_of_the_bot(name: str, first: str) -> None:
    """All of them, and no other."""
    assert set(_table(name, first)) == {STORED, UNTAGGED, CHANGED, REFUSED}
