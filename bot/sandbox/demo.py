"""A week in a person's life, to be played into the bot."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from io import BytesIO
from types import TracebackType
from typing import Final, Self
from zoneinfo import ZoneInfo

from bot.sandbox.person import Message, Person

_ZONE: Final = ZoneInfo("Asia/Shanghai")
_MONDAY: Final = datetime(2026, 5, 18, 9, 0, tzinfo=_ZONE)

# When the week is over and its report is due.
DRAFT_DUE: Final = datetime(2026, 5, 24, 20, 0, tzinfo=_ZONE)


class DemoWeek:
    """The week from 18 to 24 May 2026, as messages of one person."""

    def __init__(self, url: str) -> None:
        self._person = Person(url)

    async def __aenter__(self) -> Self:
        await self._person.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        await self._person.__aexit__(kind, error, at)

    async def play(self) -> AsyncIterator[datetime]:
        """Each instant at which the person writes; go on once the clock stands there.

        Every message is acknowledged before the next one is written.
        """
        person = self._person
        yield _at(0, 9)
        await self._write("/start", reacts=False)
        await self._write("#开头 五月过了大半，总算有了点夏天的样子")
        yield _at(0, 12)
        await self._write(
            "#生活 汇报一下最近的状态\n- 早睡坚持了四天\n- 第五天看球看到两点，前功尽弃"
        )
        cat = await self._write("新来的小猫 #生活\n-- 这行会变成子项的子项吗？\n- 会抢旁边大猫的饭")
        yield _at(1, 21)
        await self._write("#tech 给 [aiosqlite](https://github.com/omnilib/aiosqlite) 的连接加了锁")
        await person.edit(
            cat, "新来的小猫 #生活\n- 已经学会开门了\n-- 开的是冰箱门\n- 会抢旁边大猫的饭"
        )
        await person.wait_for_reaction(cat, "👌")
        yield _at(2, 20)
        leak = await self._write("技术：查一个内存泄漏\n　从 4 GB 慢慢涨到 30 GB\n　重启之后又好了")
        await self._write("#生活 阳台上的番茄结果了", picture=_picture("#d94f3d", "#4f7a3a"))
        yield _at(3, 23)
        await self._write("最后发现是日志的队列没有上限", reply_to=leak["message_id"])
        forgotten = await self._write("这周又背了 200 个单词")
        await self._file_under("生活", forgotten["message_id"])
        yield _at(5, 16)
        await self._write("周六骑车去看海 #生活", picture=_picture("#3b6ea5", "#e8d9a8"))
        await self._write("#技术\n- 读完了一篇讲 WAL 的文章\n- 周报机器人可以用了")
        yield _at(6, 18)
        await self._write("#结尾 差不多就这样")
        await self._write("#总结 下周继续早睡，这次是真的")

    async def delivered_file(self) -> tuple[str, bytes]:
        """Name and content of the file that the bot has sent."""
        return await self._person.wait_for_document()

    async def _write(
        self,
        text: str,
        *,
        reacts: bool = True,
        picture: bytes | None = None,
        reply_to: object = None,
    ) -> Message:
        if picture is None:
            message = await self._person.send(text, reply_to=reply_to)
        else:
            message = await self._person.send_picture(picture, text)
        if reacts:
            await self._person.wait_for_reaction(message)
        return message

    async def _file_under(self, section: str, message_id: object) -> None:
        """Answers the bot's question about an untagged message."""
        question = await self._person.wait(
            lambda chat: next(
                (
                    m
                    for m in chat
                    if m["_out"] and m.get("reply_to_message", {}).get("message_id") == message_id
                ),
                None,
            )
        )
        await self._person.press(question, section)
        await self._person.wait_for_reaction({"message_id": message_id}, "✍")


def _at(day: int, hour: int) -> datetime:
    return _MONDAY + timedelta(days=day, hours=hour - _MONDAY.hour)


def _picture(above: str, below: str) -> bytes:
    """A small landscape in two colours, as JPEG."""
    from PIL import Image

    image = Image.new("RGB", (640, 480), above)
    image.paste(Image.new("RGB", (640, 200), below), (0, 280))
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=85)
    return buffer.getvalue()
