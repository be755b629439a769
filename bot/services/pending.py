"""What waits for somebody's yes, as text that can be kept."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from bot.domain.entry import NodeId, Part
from bot.domain.outlining.moving import Way
from bot.domain.outlining.operations import (
    Beside,
    Delete,
    Operation,
    Rewrite,
    Step,
    ToPart,
    ToSection,
    ToWeek,
    Under,
)
from bot.domain.week import IsoWeek
from bot.storage.rich_text import from_spans, spans_of


@dataclass(frozen=True, slots=True)
class Pending:
    """An operation on a line, and the fingerprint of what was asked about."""

    node_id: NodeId
    shown: str
    operation: Operation


def to_text(pending: Pending) -> str:
    """The inverse of `from_text`."""
    kind, values = _taken_apart(pending.operation)
    return json.dumps([pending.node_id, pending.shown, kind, *values], ensure_ascii=False)


def from_text(text: str) -> Pending:
    """What was kept so. Raises ValueError for anything else."""
    node_id, shown, kind, *values = json.loads(text)
    return Pending(NodeId(node_id), shown, _made(kind, values))


def _taken_apart(operation: Operation) -> tuple[str, list[Any]]:
    match operation:
        case Step(way):
            return "step", [way]
        case Under(target):
            return "under", [target]
        case Beside(target, after):
            return "beside", [target, after]
        case ToSection(section):
            return "section", [section]
        case ToPart(part):
            return "part", [part]
        case ToWeek(week):
            return "week", [str(week)]
        case Rewrite(text):
            return "rewrite", [text.text, spans_of(text)]
        case Delete():
            return "delete", []


def _made(kind: str, values: list[Any]) -> Operation:
    match kind, values:
        case "step", [way]:
            return Step(Way(way))
        case "under", [target]:
            return Under(NodeId(target))
        case "beside", [target, after]:
            return Beside(NodeId(target), after)
        case "section", [section]:
            return ToSection(section)
        case "part", [part]:
            return ToPart(Part(part))
        case "week", [week]:
            return ToWeek(IsoWeek.parse(week))
        case "rewrite", [text, spans]:
            return Rewrite(from_spans(text, spans))
        case "delete", []:
            return Delete()
    raise ValueError(kind)
