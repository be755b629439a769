"""An export makes the same journal in an empty installation."""

from __future__ import annotations

import asyncio
import copy
import json
import os
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.shelf import Shelf
from bot.domain.outlining.moving import Way
from bot.domain.outlining.operations import Delete, Rewrite, Step, ToSection, ToWeek
from bot.domain.sections import added, renamed
from bot.domain.text import RichText
from bot.domain.week import IsoWeek
from bot.services.archive import Archive, ArchiveFile
from bot.services.configuring import Choices, Configuring
from bot.services.exporting import CONTENT, Export, Exporting
from bot.services.finishing import Finishing
from bot.services.rebuilding import NotRebuiltError, Rebuilding, Rebuilt, read_content
from bot.services.shipping import Shipping
from bot.storage import entries, filled_weeks, journals, ledger
from bot.storage.ledger import Claim
from bot.storage.ledger import Step as Sent
from tests.archive.files import HUGO, UNTIDY, WINDOWS
from tests.clock import FakeClock
from tests.services.desk import WEEK, Desk, open_desk

_PICTURE = b"not really a picture"


async def _exported(desk: Desk, folder: Path) -> Export:
    workshop = folder / f"workshop-{random.random()}"
    workshop.mkdir()
    async with desk.database.snapshot() as connection:
        journal = await journals.get(connection, desk.journal.id)
    return await Exporting(desk.database.path).lay_out(journal, workshop)


@asynccontextmanager
async def _rebuilt(
    export: Export, folder: Path, shelf: Shelf
) -> AsyncIterator[tuple[Desk, Rebuilt]]:
    """Another installation that has taken in the export."""

    async def read(path: str) -> bytes | None:
        sha256 = export.files.get(path)
        return None if sha256 is None else await shelf.read(sha256)

    async with open_desk(folder / "weeknotes.db") as desk:
        content = read_content(export.texts[CONTENT])
        rebuilding = Rebuilding(desk.database, Shelf(folder / "pictures"))
        made = await rebuilding.rebuild(desk.journal, content, read)
        async with desk.database.snapshot() as connection:
            desk.journal = await journals.get(connection, desk.journal.id)
        yield desk, made


async def _import(desk: Desk, folder: Path, name: str, text: str) -> None:
    archive = Archive(desk.database, desk.reporting, Shelf(folder / "pictures"))

    async def read(path: str) -> bytes | None:
        await asyncio.sleep(0)
        return _PICTURE if path == "images/sea.jpg" else None

    findings = await archive.inspect(desk.journal, [ArchiveFile(name, text.encode(), read)])
    await archive.take_in(desk.journal, findings, desk.clock.now(), replace=True)


async def _write_richly(desk: Desk, folder: Path) -> None:
    """Messages, replies, edits, moves, deletions; imported weeks, one edited; a done week."""
    first = await desk.receive("#life 第一件\n- 下面的\n-- 再下面\n\n第二件")
    reply = await desk.receive("回复的", reply_to=first)
    await desk.receive("#tech 看 https://example.org/post")
    await desk.receive("没有标签的")
    await desk.receive("#intro 开头的话")
    await desk.receive("#总结 总结的话")
    await desk.receive("#tech 删掉的\n- 一起的")
    await desk.receive("#life 补记 @2022-w01")
    await desk.revise(reply, "回复的，改过")
    await desk.apply(await desk.line("2"), Rewrite(RichText("在列表里改的")))
    await desk.apply(await desk.line("2.1"), Delete())
    lines = (await desk.outline()).lines
    gone = next(line for line in lines if "删掉的" in line.text)
    await desk.filing.remove(desk.journal, gone.node.entry_id)
    await _import(desk, folder, "2023-week7.md", WINDOWS)
    await _import(desk, folder, "2023-week6.md", UNTIDY + "\n\n![海](images/sea.jpg)\n")
    await _import(desk, folder, "post.md", HUGO)
    await desk.apply(await desk.line("1", IsoWeek(2023, 7)), Rewrite(RichText("改过的一")))
    configuring = Configuring(desk.database)
    await configuring.choose(desk.journal, Choices(authors=True, words=True, earlier=True))
    await configuring.change_sections(
        desk.journal, lambda j: added(j.all_sections, "读书 #books", ())
    )
    await configuring.change_sections(
        desk.journal, lambda j: renamed(j.all_sections, "tech", "工程", ())
    )
    await Finishing(desk.database, desk.clock, desk.reporting).finish(
        desk.journal, IsoWeek(2022, 1)
    )
    async with desk.database.atomic() as connection:
        for step in (Sent.PREVIEW, Sent.FILE):
            await ledger.claim(connection, desk.journal.id, WEEK, step, desk.clock.now())
            await ledger.complete(connection, desk.journal.id, WEEK, step, desk.clock.now())
        desk.journal = await journals.get(connection, desk.journal.id)


async def test_a_rich_journal_is_the_same_entry_by_entry_and_goes_on(tmp_path: Path) -> None:
    """Its export is the same to the byte; edits, put-backs and the ledger work as before."""
    folder = tmp_path / "one"
    folder.mkdir()
    async with open_desk(folder / "weeknotes.db") as desk:
        await _write_richly(desk, folder)
        export = await _exported(desk, folder)
        shelf = Shelf(folder / "pictures")
        (tmp_path / "two").mkdir()
        there = {"2023-W40.md", "2023-W07.md", "index/2023.md", "index/2022.md", CONTENT}
        assert there <= export.texts.keys()
        assert export.texts["2023-W07.md"].count(b"\r\n") > 2
        assert list(export.files) == ["images/sea.jpg"]
        async with _rebuilt(export, tmp_path / "two", shelf) as (other, made):
            assert (made.weeks, made.missing) == (5, ())
            assert await _exported(other, tmp_path / "two") == export
            for week in await _weeks(desk):
                was = await desk.reporting.compile(desk.journal, week)
                now = await other.reporting.compile(other.journal, week)
                assert now.document == was.document
                assert now.account == was.account
                assert await _facts(other, week) == await _facts(desk, week)
            other.sent_at = desk.sent_at
            await _go_on(other)


async def test_another_bot_counts_its_messages_anew(tmp_path: Path) -> None:
    """What is sent to it is no message of the old journal, though it has the number of one."""
    folder = tmp_path / "one"
    folder.mkdir()
    async with open_desk(folder / "weeknotes.db") as desk:
        await desk.receive("#life 旧的一\n- 下面的")
        await desk.receive("没有标签的")
        await desk.receive("#tech 旧的三")
        export = await _exported(desk, folder)
    (tmp_path / "two").mkdir()
    async with _rebuilt(export, tmp_path / "two", Shelf(folder)) as (other, _):
        other.clock.advance(timedelta(days=2))
        assert [await other.receive(f"#life 新的{number}") for number in "一二"] == [1, 2]
        await other.revise(1, "#life 新的一，改过")
        await other.revise(2, "#tech 新的二")
        assert (await other.report()).split("\n\n") == [
            *("## 生活", "1. 旧的一\n    1. 下面的\n2. 新的一，改过"),
            *("## 技术", "1. 旧的三\n2. 新的二"),
        ]
        account = (await other.reporting.compile(other.journal, WEEK)).account
        assert (account.received, account.untagged) == (5, 1)
        again = await _exported(other, tmp_path / "two")
        (tmp_path / "three").mkdir()
        async with _rebuilt(again, tmp_path / "three", Shelf(folder)) as (third, _):
            assert await _exported(third, tmp_path / "three") == again
            third.clock.advance(timedelta(days=3))
            await third.receive("#life 又一个")
            assert (await third.report()).count("1. ") == 3


@pytest.mark.attack
@pytest.mark.parametrize(
    ("mine", "exported", "then"),
    [
        (1001, (1001,), {1001}),
        (1001, (2002,), {1001}),
        (1001, (-2002,), {1001}),
        (1001, (1001, 2002, -2002), {1001}),
        (-2002, (1001,), {-2002}),
        (-2002, (-100, -2002, 1001), {-2002, -100}),
        (-2002, (-100,), {-2002}),
    ],
)
async def test_an_export_opens_a_journal_to_nobody(
    tmp_path: Path, mine: int, exported: tuple[int, ...], then: set[int]
) -> None:
    """A person's stays that of their chat; a group's keeps the chats that the group was before."""
    async with open_desk(tmp_path / "weeknotes.db") as desk:
        await desk.receive("#life 一")
        export = await _exported(desk, tmp_path)
        content = json.loads(export.texts[CONTENT])
        content["chats"] = [{"id": chat, "since": 1} for chat in exported]

    async def read(_path: str) -> bytes | None:
        raise AssertionError

    (tmp_path / "two").mkdir()
    async with open_desk(tmp_path / "two" / "weeknotes.db") as desk:
        async with desk.database.atomic() as connection:
            await connection.execute("UPDATE chats SET id = ?", (mine,))
        rebuilding = Rebuilding(desk.database, Shelf(tmp_path))
        await rebuilding.rebuild(desk.journal, content, read)
        async with desk.database.snapshot() as connection:
            rows = await connection.execute_fetchall("SELECT id FROM chats")
        assert {row["id"] for row in rows} == then


async def _facts(desk: Desk, week: IsoWeek) -> list[tuple[object, ...]]:
    """All that is known of each line but the database's own ids."""
    facts: list[tuple[object, ...]] = []
    for line in (await desk.outline(week)).lines:
        node = line.node
        message = None if node.is_imported else node.message_id
        at = (node.at.week, node.at.section, node.at.part, node.position, node.line)
        said = (node.source, node.text, node.address, node.origin, node.media_group, node.sent_at)
        facts.append(
            (line.number, message, node.author_id, node.author, node.is_imported, *at, *said)
        )
    return facts


async def _weeks(desk: Desk) -> list[IsoWeek]:
    async with desk.database.snapshot() as connection:
        return await filled_weeks.every(connection, desk.journal.id)


async def _go_on(desk: Desk) -> None:
    """Old messages are edited, what was deleted comes back, and no draft comes twice."""
    await desk.revise(2, "回复的，搬家以后改的")
    assert "回复的，搬家以后改的" in await desk.report()
    async with desk.database.snapshot() as connection:
        rows = await connection.execute_fetchall("SELECT id FROM entries WHERE state = 'removed'")
        [removed] = [await entries.get(connection, row["id"]) for row in rows]
    assert removed is not None
    await desk.filing.restore(desk.journal, removed.id)
    assert "删掉的" in await desk.report()
    async with desk.database.atomic() as connection:
        claim = await ledger.claim(
            connection, desk.journal.id, WEEK, Sent.PREVIEW, desk.clock.now()
        )
        assert claim is Claim.DONE
        rows = await connection.execute_fetchall(
            "SELECT 1 FROM entries WHERE reaction_shown IS NOT reaction AND id < 9"
        )
        assert len(list(rows)) <= 2


@pytest.mark.parametrize("seed", range(6))
async def test_random_journals_are_the_same(tmp_path: Path, seed: int) -> None:
    """Messages, replies, edits and moves at random; the export of the copy is the export."""
    chance = random.Random(seed)
    folder = tmp_path / "one"
    folder.mkdir()
    async with open_desk(folder / "weeknotes.db") as desk:
        sent: list[int] = []
        for number in range(30):
            text = f"{number} {chance.choice(('火锅', '**粗**', '`code`', '<b>', '[x](y)'))}"
            tag = chance.choice(("#life ", "#tech ", "", "#总结 ", "@2022-w5 #life "))
            lines = "".join(
                f"\n{'-' * chance.randint(1, 3)} 行" for _ in range(chance.randint(0, 3))
            )
            reply = chance.choice([None, None, *sent]) if sent else None
            sent.append(await desk.receive(tag + text + lines, reply_to=reply))
            if chance.random() < 0.3:
                await desk.revise(chance.choice(sent), f"#tech 改成 {number}")
            await _touch(desk, chance)
        export = await _exported(desk, folder)
        (tmp_path / "two").mkdir()
        async with _rebuilt(export, tmp_path / "two", Shelf(folder)) as (other, _):
            assert await _exported(other, tmp_path / "two") == export


async def _touch(desk: Desk, chance: random.Random) -> None:
    lines = (await desk.outline()).lines
    if not lines:
        return
    operation = chance.choice(
        (
            Step(chance.choice(list(Way))),
            ToSection("life"),
            ToWeek(IsoWeek(2023, 39)),
            Delete(),
            Rewrite(RichText("改过")),
        )
    )
    with suppress(AssertionError):  # one that is gone by now
        await desk.apply(chance.choice(lines), operation)


def test_what_a_kill_has_left_is_swept_away(tmp_path: Path) -> None:
    """But not what may still be under way."""
    clock = FakeClock(datetime(2023, 10, 4, 12, tzinfo=UTC))
    old, new = tmp_path / ".unfinished-old", tmp_path / ".unfinished-new"
    for folder, hours in ((old, 2), (new, 0)):
        folder.mkdir()
        (folder / "export.db").touch()
        at = clock.now().timestamp() - hours * 3600
        os.utime(folder, (at, at))
    shelf = Shelf(tmp_path / "pictures")
    Shipping(Exporting(tmp_path / "weeknotes.db"), shelf, clock).sweep()
    assert [path.name for path in tmp_path.iterdir()] == [new.name]


_DAMAGES: dict[str, Callable[[dict[str, Any]], object]] = {
    "a newer version": lambda c: c.update(version=2),
    "no version": lambda c: c.pop("version"),
    "another format": lambda c: c.update(format="other"),
    "no entries": lambda c: c.pop("entries"),
    "entries that are no list": lambda c: c.update(entries={}),
    "an entry that is no object": lambda c: c["entries"].append(7),
    "an entry without its week": lambda c: c["entries"][0].pop("week"),
    "a week that does not exist": lambda c: c["entries"][0].update(week="2025-W53"),
    "a week that has no Sunday": lambda c: c["lines"][0].update(week="9999-W52"),
    "a state that does not exist": lambda c: c["entries"][0].update(state="lost"),
    "a text that is none": lambda c: c["lines"][0].update(text=None),
    "a number that is a text": lambda c: c["lines"][0].update(position="first"),
    "a part that does not exist": lambda c: c["lines"][0].update(part="chorus"),
    "ids that do not count": lambda c: c["lines"][0].update(id=99),
    "an entry that is not there": lambda c: c["lines"][0].update(entry=999),
    "an id that is no number": lambda c: c["lines"][0].update(entry="1"),
    "a line below itself": lambda c: c["lines"][0].update(parent=1),
    "lines below each other": lambda c: (
        c["lines"][0].update(parent=2),
        c["lines"][1].update(parent=1),
    ),
    "the same message twice": lambda c: c["entries"][1].update(message_id=1),
    "a zone that does not exist": lambda c: c["journal"].update(zone="Asia/Nowhere"),
    "sections that are none": lambda c: c["journal"].update(sections=[1]),
    "no settings": lambda c: c.pop("journal"),
    "a path that leads outside": lambda c: c["paths"].update({"a" * 64: "../../etc/passwd"}),
    "an absolute path": lambda c: c["paths"].update({"a" * 64: "/etc/passwd"}),
    "paths that are none": lambda c: c.update(paths=[]),
    "another file": lambda c: c["paths"].update({"a" * 64: "images/sea.jpg"}),
    "titles that are none": lambda c: c.update(titles=7),
    "a list for a text": lambda c: c["entries"][0].update(text=["a"]),
    "an object for a setting": lambda c: c["journal"].update(pictures_prefix={}),
    "a list for a title": lambda c: c["titles"].update({"https://example.org": []}),
    "a number without end": lambda c: c["lines"][0].update(position=float("inf")),
    "what is no number": lambda c: c["lines"][0].update(position=float("nan")),
    "a number of 70 bits": lambda c: c["entries"][0].update(message_id=2**70),
    "a language that nobody speaks": lambda c: c["journal"].update(language="xx"),
    "a zone of a long name": lambda c: c["journal"].update(zone="x" * 10_000),
    "a title that cannot be made": lambda c: c["journal"].update(title_template="{nothing}"),
    "a template that is none": lambda c: c["journal"].update(document_template="{% if %}"),
    "a text that is not UTF-8": lambda c: c["lines"][0].update(text="\ud800"),
}


async def test_what_does_not_fit_together_is_refused_whole(tmp_path: Path) -> None:
    """With the place named, and nothing changed; the same content whole is taken in after it."""
    folder = tmp_path / "one"
    folder.mkdir()
    async with open_desk(folder / "weeknotes.db") as desk:
        await _write_richly(desk, folder)
        export = await _exported(desk, folder)
    shelf = Shelf(folder / "pictures")

    async def read(path: str) -> bytes | None:
        return await shelf.read(export.files[path]) if path in export.files else None

    whole = json.loads(export.texts[CONTENT])
    async with open_desk(tmp_path / "weeknotes.db") as desk:
        rebuilding = Rebuilding(desk.database, Shelf(tmp_path / "pictures"))
        for name, damage in _DAMAGES.items():
            content = copy.deepcopy(whole)
            damage(content)
            fault = ""
            try:
                damaged = read_content(json.dumps(content).encode())
                await rebuilding.rebuild(desk.journal, damaged, read)
            except NotRebuiltError as error:
                fault = str(error)
            assert fault, name
            assert await rebuilding.is_empty(desk.journal), name
            async with desk.database.snapshot() as connection:
                assert await journals.get(connection, desk.journal.id) == desk.journal, name
        for source in (b"", b"{", b"[]", b"\xff", b"[" * 100_000):
            with pytest.raises(NotRebuiltError):
                read_content(source)
        await rebuilding.rebuild(desk.journal, whole, read)
        with pytest.raises(NotRebuiltError, match="holds something"):
            await rebuilding.rebuild(desk.journal, whole, read)
