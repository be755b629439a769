"""What stands around a report in its document, and the report in one that came back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.archive.front_matter import split


@dataclass(frozen=True, slots=True)
class Frame:
    """What a document has before the report and after it."""

    head: str = ""
    tail: str = ""

    def body(self, document: str) -> str:
        """The report in a document that may have this frame, or front matter of its own."""
        if self.head and document.startswith(self.head):
            found = document[len(self.head) :]
        else:
            _, found = split(document)
        tail = self.tail.strip()
        if tail and found.rstrip().endswith(tail):
            found = found.rstrip()[: -len(tail)]
        return found


def frame_of(document: str, bodies: Iterable[str]) -> Frame:
    """The frame of a document that holds one of the bodies; none where it holds none of them."""
    for body in bodies:
        at = document.find(body) if body.strip() else -1
        if at >= 0:
            return Frame(document[:at], document[at + len(body) :])
    return Frame()
