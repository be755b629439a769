"""What a line is to say so that the report shows what somebody has written in a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.attaching import file_link, without_tail
from bot.domain.entry import Node, NodeId, Part
from bot.domain.journal import Journal


@dataclass(frozen=True, slots=True)
class Wording:
    """The texts of a line and of what was said about it; `keeps_file` unless its link is gone."""

    texts: dict[NodeId, str]
    keeps_file: bool = True


def worded(journal: Journal, node: Node, captions: Sequence[Node], shown: str) -> Wording | None:
    """The texts that are shown so; None where no text of the line would be.

    `node` is as the report shows it, with what stands behind it. A line whose file is not linked
    to any more lets go of it.
    """
    if node.at.part is Part.PICTURE:
        is_picture = node.file is None or (node.file.is_picture and not node.file.is_missing)
        return Wording(_alt([node, *captions], shown)) if is_picture else None
    text = shown
    if node.tail:
        # Where somebody has deleted the name, the report goes on adding it.
        bare = without_tail(shown, node.tail, "")
        text = shown if bare is None else bare
    if node.file is None:
        return Wording({node.id: text})
    bare = without_tail(text, file_link(node.file, journal.pictures_prefix))
    return Wording({node.id: text if bare is None else bare}, keeps_file=bare is not None)


def _alt(said: Sequence[Node], shown: str) -> dict[NodeId, str]:
    """The parts of a caption: those at both ends that it still has stay, one takes the rest."""
    speaking = [node for node in said if node.text] or [said[0]]
    rest, first, end = shown, 0, len(speaking)
    while end - first > 1 and rest.startswith(f"{speaking[first].text} "):
        rest = rest.removeprefix(f"{speaking[first].text} ")
        first += 1
    while end - first > 1 and rest.endswith(f" {speaking[end - 1].text}"):
        rest = rest.removesuffix(f" {speaking[end - 1].text}")
        end -= 1
    changed, *silent = speaking[first:end]
    return {changed.id: rest} | {node.id: "" for node in silent}
