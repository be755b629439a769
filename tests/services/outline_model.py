"""A week as plain nested lists: what the stored one has to equal after every step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

SECTIONS = {"life": "生活", "tech": "技术"}
UNTAGGED = ""


@dataclass(eq=False)
class Item:
    """A line and what is below it; `said_in` is its message and its line there.

    What was added by an edit in the chat has a line far behind those of the message.
    """

    text: str
    said_in: tuple[int, int]
    below: list[Item] = field(default_factory=list)


@dataclass(frozen=True)
class Spot:
    """An item with its number, the list that it is in, and what it stands below."""

    number: str
    item: Item
    among: list[Item]
    section: str
    above: Spot | None

    @property
    def index(self) -> int:
        """Its place among its siblings."""
        return self.among.index(self.item)


@dataclass
class Model:
    """The lists of a week by section; the untagged ones come last. Can be copied deeply."""

    lists: dict[str, list[Item]] = field(
        default_factory=lambda: {key: [] for key in (*SECTIONS, UNTAGGED)}
    )

    def spots(self) -> list[Spot]:
        """Every item, numbered through the week."""
        found: list[Spot] = []
        top = 0
        for section, items in self.lists.items():
            for item in items:
                top += 1
                found += _spots(str(top), item, items, section, None)
        return found

    def spot(self, number: str) -> Spot:
        """The item with that number."""
        return next(spot for spot in self.spots() if spot.number == number)

    def find(self, said_in: tuple[int, int]) -> Item | None:
        """The item that a line of a message has become, where it is still there."""
        found = (spot.item for spot in self.spots() if spot.item.said_in == said_in)
        return next(found, None)

    def roots_of(self, message: int) -> list[Spot]:
        """The message's items that are below none of its others, in the order of its lines."""
        own = [spot for spot in self.spots() if spot.item.said_in[0] == message]
        roots = [s for s in own if s.above is None or s.above.item.said_in[0] != message]
        return sorted(roots, key=lambda spot: spot.item.said_in[1])

    def numbered(self) -> list[tuple[str, str]]:
        """Numbers and texts, in order."""
        return [(spot.number, spot.item.text) for spot in self.spots()]

    def report(self) -> str:
        """The report without its title."""
        parts = []
        for section, heading in SECTIONS.items():
            if self.lists[section]:
                parts.append(f"## {heading}\n\n" + "\n".join(_listed(self.lists[section], "")))
        return "\n\n".join(parts)


def take_out(spot: Spot) -> Item:
    """The item, which is in its list no more."""
    del spot.among[spot.index]
    return spot.item


def _spots(
    number: str, item: Item, among: list[Item], section: str, above: Spot | None
) -> Iterator[Spot]:
    spot = Spot(number, item, among, section, above)
    yield spot
    for place, child in enumerate(item.below, 1):
        yield from _spots(f"{number}.{place}", child, item.below, section, spot)


def _listed(items: list[Item], indent: str) -> Iterator[str]:
    for number, item in enumerate(items, 1):
        yield f"{indent}{number}. {item.text}"
        yield from _listed(item.below, indent + "    ")
