"""What it costs to list and edit a week of 200 items, in processor time.

Measured is all that happens between an update and the call that shows its outcome: the database,
the outline, the operation, and the view. What is compared with is the most that it may cost.
"""

from __future__ import annotations

import tempfile
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.chat.card_views import card
from bot.chat.messenger import keyboard
from bot.chat.outline_views import lines_of_page, outline_view
from bot.domain.entry import NodeId
from bot.domain.outlining.moving import Way
from bot.domain.outlining.operations import Rewrite, Step
from bot.domain.text import RichText
from tests.benchmarks.comparing import Comparison, Series
from tests.services.desk import WEEK, Desk, open_desk

_ROUNDS, _ROUNDS_QUICK = 15, 5
_ITEMS = 200
_MOST_MILLISECONDS = 50.0
# One of four is an item, the others are below it.
_MESSAGE = (
    "#{tag} 第 {n} 件事，修好了 `cache` 的**内存**泄漏\n"
    "- 原因在这里\n- 看 https://example.org/{n}\n- a_b_c"
)


async def measure(*, quick: bool = False) -> list[Comparison]:
    """Milliseconds of the processor for each operation; the first round does not count."""
    spent: dict[str, list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        async with open_desk(Path(folder) / "weeknotes.db") as desk:
            for number in range(_ITEMS // 4):
                tag = "life" if number % 2 else "tech"
                await desk.receive(_MESSAGE.format(tag=tag, n=number))
            works = _works(desk, (await desk.line("20")).id)
            for number in range((_ROUNDS_QUICK if quick else _ROUNDS) + 1):
                for name, work in works.items():
                    began = time.process_time()
                    await work(number)
                    spent[name].append((time.process_time() - began) * 1000)
    return [
        Comparison(
            f"{name}, {_ITEMS} items",
            "ms of CPU",
            Series("weeknotes", tuple(values[1:])),
            Series("allowed", (_MOST_MILLISECONDS,)),
            1.0,
        )
        for name, values in spent.items()
    ]


def _works(desk: Desk, node_id: NodeId) -> dict[str, Callable[[int], Awaitable[None]]]:
    outlining, editing, journal = desk.editor.outlining, desk.editor.editing, desk.journal

    async def show_list(_: int) -> None:
        outline = await outlining.outline(journal, WEEK)
        outline = await outlining.titled_for(outline, lines_of_page(outline, 2))
        keyboard(outline_view(outline, 2).rows)

    async def show_card(_: int) -> None:
        outline = await outlining.outline(journal, WEEK)
        line = outline.outline.lines[100]
        outline = await outlining.titled_for(outline, [line, *line.children])
        keyboard(card(outline, line, await outlining.entry_of(line)).rows)

    async def operate(operation: Step | Rewrite) -> None:
        edited = await editing.apply(journal, node_id, operation)
        if edited is None or edited.line is None:
            raise LookupError("the line is not there any more")
        if not edited.is_done:
            raise LookupError(f"{operation} has cost nothing: {edited.hindrance}")
        entry = await outlining.entry_of(edited.line)
        keyboard(card(edited.week, edited.line, entry).rows)

    return {
        "list": show_list,
        "card": show_card,
        "up": lambda _: operate(Step(Way.UP)),
        "in": lambda _: operate(Step(Way.IN)),
        "out": lambda _: operate(Step(Way.OUT)),
        "edit": lambda number: operate(Rewrite(RichText(f"改成 {number}，`code` 和 **粗体**"))),
    }
