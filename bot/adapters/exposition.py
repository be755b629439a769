"""Numbers in the text format that Prometheus reads (version 0.0.4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"

Labels = dict[str, str]


@dataclass(frozen=True, slots=True)
class Family:
    """A metric: its name, its kind, what it means, and its values by their labels.

    The name of a sample is the family's, with `suffix` behind it.
    """

    name: str
    kind: Literal["counter", "gauge", "histogram"]
    meaning: str
    samples: tuple[tuple[str, Labels, float], ...]


def plain(name: str, kind: Literal["counter", "gauge"], meaning: str, value: float) -> Family:
    """A metric that is one number."""
    return Family(name, kind, meaning, (("", {}, value),))


def histogram(
    name: str, meaning: str, bounds: Iterable[float], counts: Iterable[int], total: float
) -> Family:
    """A histogram; the last of `counts` is of what is longer than every bound."""
    found, samples = 0, []
    for bound, count in zip((*map(_number, bounds), "+Inf"), counts, strict=True):
        found += count
        samples.append(("_bucket", {"le": bound}, float(found)))
    samples += [("_sum", {}, total), ("_count", {}, float(found))]
    return Family(name, "histogram", meaning, tuple(samples))


def render(families: Iterable[Family]) -> str:
    """The page."""
    return "".join(f"{line}\n" for family in families for line in _lines(family))


def _lines(family: Family) -> Iterator[str]:
    yield f"# HELP {family.name} {family.meaning}"
    yield f"# TYPE {family.name} {family.kind}"
    for suffix, labels, value in family.samples:
        named = ",".join(f'{name}="{_escaped(text)}"' for name, text in labels.items())
        yield f"{family.name}{suffix}{f'{{{named}}}' if named else ''} {_number(value)}"


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
