"""The filters and tests of document templates, each of which pays for what it touches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import wraps
from typing import cast

from jinja2 import Undefined
from jinja2.filters import FILTERS
from jinja2.tests import TESTS

from bot.domain.templates.fuel import Fuel
from bot.domain.templates.grammar import COUNTED, WEIGHED
from bot.domain.templates.marks import for_hugo, for_jekyll
from bot.domain.templates.scalars import scalar

Filter = Callable[..., object]

# Where an opening mark is never closed, the text is read as Markdown; that is far more work for
# a character than the other filters have.
_READING_MARKDOWN = 7

# Of Jinja2's own, those whose result is no larger than what goes in.
_FROM_JINJA = (
    *("capitalize", "default", "first", "int", "last", "length", "list", "lower", "reverse"),
    *("sort", "title", "trim", "unique", "upper"),
)
TEST_NAMES = frozenset(
    {"defined", "divisibleby", "eq", "even", "in", "ne", "none", "number", "odd", "string"}
)


def filters_with(fuel: Fuel, turn: int) -> dict[str, Filter]:
    """All filters by name, paid from the fuel; `turn` is what each turn of a loop costs."""

    def weighed(value: object) -> object:
        fuel.spend(value)
        return value

    def counted(values: Iterable[object]) -> Iterator[object]:
        for value in values:
            fuel.spend(step=turn)
            yield value

    def joined(values: Iterable[object], separator: str = "") -> str:
        words: list[str] = []
        for value in values:
            words.append(str(writable(value)))
            fuel.spend(words[-1], separator)
        return separator.join(words)

    def replaced(value: str, old: str, new: str) -> str:
        fuel.spend(value, step=value.count(old) * len(new))
        return value.replace(old, new)

    def shown_by_hugo(value: str) -> str:
        fuel.spend(step=_READING_MARKDOWN * len(value))
        return for_hugo(value)

    own: dict[str, Filter] = {
        "hugo": shown_by_hugo,
        "jekyll": for_jekyll,
        "join": joined,
        "replace": replaced,
        "toml": scalar,
        "truncate": _truncated,
        "yaml": scalar,
    }
    chosen = {name: cast("Filter", FILTERS[name]) for name in _FROM_JINJA} | own
    paid = {name: _paid(filter_, fuel) for name, filter_ in chosen.items()}
    return paid | {WEIGHED: weighed, COUNTED: counted}


def tests() -> dict[str, Filter]:
    """All tests by name."""
    return {name: cast("Filter", TESTS[name]) for name in TEST_NAMES}


def writable(value: object) -> object:
    """The value, if it is a word, a number or a day. Raises TypeError.

    A missing value passes: Jinja2 itself knows best what to say of it.
    """
    if isinstance(value, str | int | float | date | Undefined):
        return value
    raise TypeError("only words, numbers and days can be written; a list needs join")


def _truncated(value: str, length: int = 255, end: str = "…") -> str:
    """The value, or as much of it as makes `length` characters with the end.

    Jinja2's own goes back to a blank, which may be far away in Chinese.
    """
    if len(value) <= length:
        return value
    return value[: max(0, length - len(end))].rstrip() + end


def _paid(filter_: Filter, fuel: Fuel) -> Filter:
    @wraps(filter_)  # keeps the mark by which Jinja2 knows what to pass first
    def paying(*values: object, **options: object) -> object:
        fuel.spend(*values, *options.values())
        return filter_(*values, **options)

    return paying
