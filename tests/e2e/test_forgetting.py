"""/forget_me: nothing is left."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

from bot.chat import answering
from tests.e2e.conftest import Scene, open_group
from tests.e2e.outlines import pressed, words_on
from tests.e2e.pictures import jpeg
from tests.e2e.test_live_draft import shows

_SECRET = "只有我知道的事".encode()


def _holding(folder: Path, words: bytes) -> list[str]:
    """The files below the folder, but for copies, that hold the words."""
    return [
        path.name
        for path in folder.rglob("*")
        if path.is_file() and "backups" not in path.parts and words in path.read_bytes()
    ]


def _rows(folder: Path) -> dict[str, int]:
    with closing(sqlite3.connect(folder / "weeknotes.db")) as connection:
        names = [
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            )
        ]
        return {
            name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]  # noqa: S608 -- the schema's own names
            for name in names
        }


async def test_nothing_is_left_of_what_was_written(scene: Scene) -> None:
    """Neither rows, nor bytes, nor files; what others wrote stays, and one may begin anew."""
    data = scene.folder / "data"
    async with scene.bot(), open_group(scene) as group:
        shared = jpeg("#112233")
        date = int(scene.clock.now().timestamp())
        theirs = await group.zhou.send_picture(shared, "#life 大家的", date=date)
        await group.zhou.wait_for_reaction(theirs)
        empty = _rows(data)
        await scene.write(f"#life {_SECRET.decode()}\n- 还有 https://example.org/secret-page")
        edited = await scene.write("#tech 改之前的")
        await scene.person.edit(edited, f"#tech 改成{_SECRET.decode()}")
        await scene.person.wait_for_reaction(edited, "👌")
        for picture in (shared, jpeg("#445566")):
            sent = await scene.person.send_picture(picture, "#life 图", date=date)
            await scene.person.wait_for_reaction(sent)
        await scene.archive()
        asked = await scene.person.send("/search 只有我知道的事", at=scene.clock.now())
        await scene.person.wait_for_answer("找到", after=asked["message_id"])
        assert "weeknotes.db-wal" in _holding(data, _SECRET)
        assert len(list((data / "pictures").rglob("*/*"))) == 2
        asked = await scene.person.send("/forget_me", at=scene.clock.now())
        question = await scene.person.wait_for_answer("要忘掉", after=asked["message_id"])
        assert "1 周、4 条消息、2 个文件" in question["text"]
        assert words_on(question) == ["全部删掉", "算了"]
        await scene.person.press(question, "算了")
        await shows(scene.person, question, "什么都没动")
        asked = await scene.person.send("/forget_me", at=scene.clock.now())
        question = await scene.person.wait_for_answer("要忘掉", after=asked["message_id"])
        await scene.person.press(question, "全部删掉")
        await shows(scene.person, question, "都删掉了")
        assert _holding(data, _SECRET) == []
        assert _holding(data, b"secret-page") == []
        assert len(list((data / "pictures").rglob("*/*"))) == 1
        left = _rows(data)
        # The installation's own: which updates were taken, and when Telegram was heard.
        grown = {table for table, count in left.items() if count > empty[table]}
        assert grown <= {"handled_updates", "presence"}
        # The old button means a journal that is no more.
        await scene.write("#life 从头开始")
        report = await scene.report()
        assert "从头开始" in report
        assert _SECRET.decode() not in report
        asked = await group.zhou.send("/report this", at=scene.clock.now())
        name, _ = await group.zhou.wait_for_document(after=asked["message_id"])
        assert name == "2023-W40.zip"


async def test_what_is_written_right_after_is_acknowledged(scene: Scene) -> None:
    """Though it has the number of an entry of before, of which nothing is recorded yet."""
    with patch.object(answering, "_FLUSH_AFTER", 3600):
        async with scene.bot() as bot:
            await scene.write("#life 从前")
            asked = await scene.person.send("/forget_me", at=scene.clock.now())
            question = await scene.person.wait_for_answer("要忘掉", after=asked["message_id"])
            await scene.person.press(question, "全部删掉")
            await shows(scene.person, question, "都删掉了")
            await scene.write("#life 从头开始")
            await bot.services.answering.flush()
            async with bot.database.snapshot() as connection:
                rows = await connection.execute_fetchall("SELECT reaction_shown FROM entries")
            assert [row["reaction_shown"] for row in rows] == ["✍"]


async def test_in_a_group_only_owners_may(scene: Scene) -> None:
    """Everybody's words are not one member's to delete."""
    async with scene.bot(), open_group(scene) as group:
        asked = await group.li.send("/forget_me", at=scene.clock.now())
        await group.li.wait_for_answer("只有机器人的主人", after=asked["message_id"])
        asked = await group.zhou.send("/forget_me", at=scene.clock.now())
        question = await group.zhou.wait_for_answer("要忘掉", after=asked["message_id"])
        assert await pressed(group.li, question, "全部删掉") == "这个按钮是给别人的。"
        await group.zhou.press(question, "全部删掉")
        await shows(group.zhou, question, "都删掉了，这里的消息我也不再记")
        # Nobody is heard until an owner begins anew.
        unheard = await group.li.send("#life 没人听", at=scene.clock.now())
        asked = await group.zhou.send("/start", at=scene.clock.now())
        await group.zhou.wait_for_answer("我帮这个群攒周报", after=asked["message_id"])
        [still] = [m for m in await group.li.messages() if m["message_id"] == unheard["message_id"]]
        assert still["_reactions"] == []


async def test_a_button_of_the_forgotten_journal_does_nothing_in_the_new_one(scene: Scene) -> None:
    """What it names by number is something else by then; the press is answered politely."""
    async with scene.bot():
        asked = await scene.person.send("旧的", at=scene.clock.now())
        old = await scene.person.wait_for_answer("放到哪一栏", after=asked["message_id"])
        asked = await scene.person.send("/forget_me", at=scene.clock.now())
        question = await scene.person.wait_for_answer("要忘掉", after=asked["message_id"])
        await scene.person.press(question, "全部删掉")
        await shows(scene.person, question, "都删掉了")
        scene.clock.advance(timedelta(hours=1))
        asked = await scene.person.send("新的", at=scene.clock.now())
        new = await scene.person.wait_for_answer("放到哪一栏", after=asked["message_id"])
        assert await pressed(scene.person, old, "丢弃") == "这个按钮过期了。"
        await scene.person.press(new, "生活")
        await scene.person.wait_for_reaction(asked, "✍")
        assert "1. 新的" in await scene.report()
