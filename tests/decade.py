"""A journal of many weeks, invented: the same each time, written straight into its database."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.entry import JournalId
from bot.domain.week import IsoWeek

COMMON: Final = "火锅"
"""A word that about one of ten lines holds."""

_WORDS: Final = (
    *(
        "修好了",
        "看完",
        "朋友",
        "周末",
        "爬山",
        "读书",
        "部署",
        "重构",
        "缓存",
        "日志",
        "测试",
        "下雨",
    ),
    *("`cache`", "**终于**", "SQLite", "Telegram", "Python 3.11", "https://example.org/post", "🌶️"),
    *("早起", "咖啡", "地铁", "电影", "展览", "牙医", "搬家", "学做菜", "跑步 5 公里", "内存泄漏"),
)
_ENTRY = """
    INSERT INTO entries (id, journal_id, chat_id, message_id, author_id, author, sent_at, text,
        spans, week, state, reaction, reaction_shown)
    VALUES (?, ?, 1001, ?, 1001, '小周', ?, ?, '[]', ?, 'placed', '✍', '✍')
"""
_NODE = """
    INSERT INTO nodes (id, entry_id, journal_id, parent_id, week, section, part, position, line,
        source, text)
    VALUES (?, ?, ?, ?, ?, ?, 'item', ?, ?, ?, ?)
"""


@dataclass(frozen=True, slots=True)
class _Message:
    """One message: its week, its instant, its section, and its lines with their parents."""

    week: IsoWeek
    sent_at: int
    section: str
    lines: tuple[tuple[int | None, str], ...]


def fill(
    path: Path,
    journal_id: JournalId,
    *,
    weeks: int,
    items: int,
    last: IsoWeek,
    seed: int = 7,
) -> None:
    """The journal holds so many weeks up to `last`, with as many items each, and no others."""
    chance = random.Random(seed)
    entries: list[tuple[object, ...]] = []
    nodes: list[tuple[object, ...]] = []
    for number, message in enumerate(_messages(chance, weeks, items, last), 1):
        text = "\n".join(line for _, line in message.lines)
        entries.append(
            (
                number,
                journal_id,
                number,
                message.sent_at,
                f"#{message.section} {text}",
                str(message.week),
            )
        )
        first = len(nodes) + 1
        for index, (parent, line) in enumerate(message.lines):
            above = None if parent is None else first + parent
            at = (str(message.week), message.section)
            where = (first + index, number, journal_id, above, *at, float(message.sent_at), index)
            nodes.append((*where, line, line))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executemany(_ENTRY, entries)
        connection.executemany(_NODE, nodes)


def _messages(chance: random.Random, weeks: int, items: int, last: IsoWeek) -> Iterator[_Message]:
    zone = ZoneInfo("Asia/Shanghai")
    for number in range(weeks):
        week = last.shifted(number - weeks + 1)
        left = items * (number + 1) // weeks - items * number // weeks
        monday = datetime.combine(week.first_day, time.min, zone)
        minutes = sorted(chance.sample(range(7 * 24 * 60), left))
        for minute in minutes:
            if not left:
                break
            many = min(left, chance.choice((1, 1, 2, 3, 4)))
            left -= many
            yield _Message(
                week,
                int((monday + timedelta(minutes=minute)).timestamp()),
                chance.choice(("life", "tech")),
                tuple((None if index == 0 else 0, _line(chance)) for index in range(many)),
            )


def _line(chance: random.Random) -> str:
    words = chance.sample(_WORDS, chance.randint(3, 9))
    if chance.random() < 0.1:
        words.insert(chance.randrange(len(words)), COMMON)
    return " ".join(words)
