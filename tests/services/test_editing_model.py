"""Random wishes, messages and undos: the stored week equals a model of nested lists.

It does after every step, and all of it taken back is the start.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.outlining.moving import Hindrance, Way
from bot.domain.outlining.operations import (
    Beside,
    Delete,
    Operation,
    Rewrite,
    Step,
    ToSection,
    Under,
)
from bot.domain.text import RichText
from bot.services.lines import ADDED
from tests.services.desk import Desk, open_desk
from tests.services.outline_model import SECTIONS, UNTAGGED, Item, Model, Spot, take_out

_MOST_STEPS = 14
_SHAPES = ("one", "child", "two")
_Chosen = TypeVar("_Chosen")


@dataclass
class Sent:
    """A message: its tag, how its lines stand, and what they say."""

    tag: str
    shape: str
    lines: list[str]

    @property
    def text(self) -> str:
        """The message as it is typed."""
        tag = f"#{self.tag}" if self.tag else ""
        if self.shape == "two":
            bulleted = "\n".join(f"- {line}" for line in self.lines)
            return f"{tag}\n{bulleted}".strip()
        return f"{tag} " + "\n".join(self.lines)


@dataclass
class Play:
    """A week and its model, and the choices of one example; each step does the same to both."""

    desk: Desk
    data: st.DataObject
    model: Model = field(default_factory=Model)
    sent: dict[int, Sent] = field(default_factory=dict)
    past: list[tuple[Model, dict[int, Sent]]] = field(default_factory=list)
    words: Iterator[int] = field(default_factory=lambda: count(1))
    added: Iterator[int] = field(default_factory=lambda: count(ADDED))

    @property
    def steps(self) -> dict[str, Callable[[], Awaitable[None]]]:
        """What can happen, by name, so that a failing example can be read."""
        always: dict[str, Callable[[], Awaitable[None]]] = {"message": self.message}
        if not self.model.spots():
            return always
        return always | {
            "reply": self.reply,
            "edit in Telegram": self.revise,
            "step": self.step,
            "under": self.under,
            "beside": self.beside,
            "section": self.section,
            "rewrite": self.rewrite,
            "delete": self.delete,
            "delete and put back": self.delete_and_put_back,
        }

    async def run(self) -> None:
        """Some steps, each followed by a comparison."""
        for _ in range(self.data.draw(st.integers(2, _MOST_STEPS), label="steps")):
            name = self.choose([*self.steps, *["undo"] * bool(self.past)], "step")
            await (self.undo() if name == "undo" else self.change(self.steps[name]))
            await self.check()
        while self.past:
            await self.undo()
            await self.check()
        assert await self.desk.undoing.undo(self.desk.journal, 1001) is None

    async def change(self, step: Callable[[], Awaitable[None]]) -> None:
        """The step, which can be taken back where it has changed something."""
        before = deepcopy(self.model), deepcopy(self.sent)
        made = await self._changes()
        async with self.desk.one_change():
            await step()
        if await self._changes() > made:
            self.past.append(before)

    async def undo(self) -> None:
        """The last step is as if never taken."""
        review = await self.desk.undoing.undo(self.desk.journal, 1001)
        assert review is not None
        assert review.done
        self.model, self.sent = self.past.pop()

    async def _changes(self) -> int:
        async with self.desk.database.snapshot() as connection:
            query = "SELECT count(*) FROM changes WHERE state = 'made'"
            [(count_,)] = await connection.execute_fetchall(query)
        return int(count_)

    async def check(self) -> None:
        """The stored week is the model's, in its numbers and in its report."""
        outline = await self.desk.outline()
        assert [(line.number, line.text) for line in outline.lines] == self.model.numbered()
        assert await self.desk.report() == self.model.report()

    async def message(self) -> None:
        """It comes last in its section, or among those that wait."""
        tag, shape = self.choose([*SECTIONS, UNTAGGED], "tag"), self.choose(list(_SHAPES), "shape")
        sent = Sent(tag, shape, [self.word() for _ in range(1 if shape == "one" else 2)])
        number = await self.desk.receive(sent.text)
        self.sent[number] = sent
        items = [Item(line, (number, at)) for at, line in enumerate(sent.lines)]
        if shape == "child":
            items[0].below.append(items.pop())
        self.model.lists[tag] += items

    async def reply(self) -> None:
        """It comes last below the last top-level line of what it answers."""
        answered = self.spot().item.said_in[0]
        sent = Sent("", "one", [self.word()])
        number = await self.desk.receive(sent.text, reply_to=answered)
        self.sent[number] = sent
        above = self.model.roots_of(answered)[-1].item
        above.below.append(Item(sent.lines[0], (number, 0)))

    async def revise(self) -> None:
        """A line that is still there says something else, wherever it stands by now."""
        own = [spot.item for spot in self.model.spots() if spot.item.said_in[1] < ADDED]
        if not own:
            return
        item = self.choose(own, "line")
        number, at = item.said_in
        self.sent[number].lines[at] = item.text = self.word()
        await self.desk.revise(number, self.sent[number].text)

    async def step(self) -> None:
        """Up, down, in or out."""
        spot, way = self.spot(), self.choose(list(Way), "way")
        hindrance = await self.apply(spot, Step(way))
        index, among = spot.index, spot.among
        match way:
            case Way.UP if index:
                among.insert(index - 1, among.pop(index))
            case Way.DOWN if index < len(among) - 1:
                among.insert(index + 1, among.pop(index))
            case Way.IN if index:
                among[index - 1].below.append(take_out(spot))
            case Way.OUT if spot.above is not None:
                spot.above.among.insert(spot.above.index + 1, take_out(spot))
            case _:
                assert hindrance is not None
                return
        assert hindrance is None

    async def under(self) -> None:
        """Last below another line, of whatever section."""
        spot, above = self.spot(), self.spot()
        hindrance = await self.apply(spot, Under((await self.desk.line(above.number)).id))
        if self.is_in(above, spot):
            assert hindrance is Hindrance.ITSELF
        elif above.item.below[-1:] == [spot.item]:
            assert hindrance is Hindrance.THERE_ALREADY
        else:
            above.item.below.append(take_out(spot))

    async def beside(self) -> None:
        """Right before or after another line."""
        spot, other, after = self.spot(), self.spot(), self.data.draw(st.booleans(), label="after")
        target = (await self.desk.line(other.number)).id
        before = list(other.among)
        hindrance = await self.apply(spot, Beside(target, after))
        if self.is_in(other, spot):
            assert hindrance is Hindrance.ITSELF
            return
        item = take_out(spot)
        other.among.insert(other.index + after, item)
        assert (hindrance is Hindrance.THERE_ALREADY) == (other.among == before)

    async def section(self) -> None:
        """Into a section in its order of arrival; what waits takes its message along."""
        spot, key = self.spot(), self.choose(list(SECTIONS), "section")
        hindrance = await self.apply(spot, ToSection(key))
        if spot.section == key and spot.above is None:
            assert hindrance is Hindrance.THERE_ALREADY
            return
        going = [spot]
        if spot.section == UNTAGGED and spot.above is None:
            message = spot.item.said_in[0]
            roots = self.model.roots_of(message)
            going = [r for r in roots if r.section == UNTAGGED and r.above is None]
        there = list(self.model.lists[key])
        moved = [take_out(one) for one in going]
        # Where they have come the outline says; what was there keeps its order.
        outline = await self.desk.outline()
        tops = [n.text for n in outline.lines if n.parent is None and n.group.section == key]
        by_text = {item.text: item for item in (*there, *moved)}
        self.model.lists[key] = [by_text[text] for text in tops]
        left = [item for item in there if item is not spot.item]
        assert [item for item in self.model.lists[key] if item not in moved] == left

    async def rewrite(self) -> None:
        """Another text; further lines stand below it, or behind it where they have bullets."""
        spot, shape = self.spot(), self.choose(list(_SHAPES), "shape")
        lines = [self.word() for _ in range(1 if shape == "one" else 2)]
        await self.apply(spot, Rewrite(RichText(Sent("", shape, lines).text)))
        spot.item.text = lines[0]
        more = [Item(line, (spot.item.said_in[0], next(self.added))) for line in lines[1:]]
        if shape == "two":
            spot.among[spot.index + 1 : spot.index + 1] = more
        else:
            spot.item.below += more

    async def delete(self) -> None:
        """Gone, with all below it."""
        spot = self.spot()
        await self.apply(spot, Delete())
        take_out(spot)

    async def delete_and_put_back(self) -> None:
        """As if nothing had been."""
        before = deepcopy(self.model)
        spot = self.spot()
        line = await self.desk.line(spot.number)
        await self.desk.apply(line, Delete())
        take_out(spot)
        await self.check()
        self.model = before
        restored = await self.desk.editor.editing.restore(self.desk.journal, line.id)
        assert restored is not None
        assert restored.line is not None

    async def apply(self, spot: Spot, operation: Operation) -> Hindrance | None:
        """What has kept the operation from being done."""
        edited = await self.desk.apply(await self.desk.line(spot.number), operation)
        assert edited.difference is None
        return edited.hindrance

    def is_in(self, inner: Spot, outer: Spot) -> bool:
        """Whether the one is the other or below it."""
        at: Spot | None = inner
        while at is not None and at.item is not outer.item:
            at = at.above
        return at is not None

    def spot(self) -> Spot:
        """Any line."""
        numbers = [spot.number for spot in self.model.spots()]
        return self.model.spot(self.choose(numbers, "number"))

    def word(self) -> str:
        """A text that no other line has."""
        return f"w{next(self.words)}"

    def choose(self, options: list[_Chosen], what: str) -> _Chosen:
        """One of the options."""
        return self.data.draw(st.sampled_from(options), label=what)


@given(st.data())
def test_the_stored_week_is_the_model(data: st.DataObject) -> None:
    """Whatever is wished and sent, in whatever order."""

    async def play() -> None:
        with TemporaryDirectory() as folder:
            async with open_desk(Path(folder) / "weeknotes.db") as desk:
                await Play(desk, data).run()

    asyncio.run(play())
