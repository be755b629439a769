"""The lines of a week as the report says them: with page titles, and with names in a group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from bot.domain.attaching import author_tail
from bot.domain.entry import Node, NodeId, Part
from bot.domain.journal import Journal
from bot.domain.markdown import untitled_links, with_titles

# The alt text of a picture is plain, and its caption too.
_UNLINKED = frozenset({Part.PICTURE, Part.CAPTION})


def links_of(journal: Journal, lines: Iterable[Node]) -> list[str]:
    """The addresses that the report would show by their titles; none where that is not wished."""
    if not journal.link_titles:
        return []
    return [
        address for line in lines if _takes_titles(line) for address in untitled_links(line.text)
    ]


def spoken(journal: Journal, lines: Sequence[Node], titles: Mapping[str, str]) -> list[Node]:
    """The lines with the titles of the pages that they link to, and with their authors' names.

    What came with an imported report stays as it is.
    """
    authors = _authors(lines) if journal.shows_authors else {}
    return [_spoken(journal, line, titles, authors.get(line.id, "")) for line in lines]


def titled(line: Node, titles: Mapping[str, str]) -> str:
    """The line's Markdown with the titles of the pages that it links to."""
    return with_titles(line.text, titles) if titles and _takes_titles(line) else line.text


def _spoken(journal: Journal, line: Node, titles: Mapping[str, str], author: str) -> Node:
    text = titled(line, titles)
    tail = author_tail(author, journal.language) if author else ""
    return replace(line, text=text, tail=tail)


def _takes_titles(line: Node) -> bool:
    return not line.is_imported and line.at.part not in _UNLINKED


def _authors(lines: Iterable[Node]) -> dict[NodeId, str]:
    """The name for each item that somebody else has said than what it stands below."""
    by_id = {line.id: line for line in lines}
    names: dict[NodeId, str] = {}
    for line in by_id.values():
        above = None if line.at.parent is None else by_id.get(line.at.parent)
        if line.at.part is Part.ITEM and (above is None or above.author_id != line.author_id):
            names[line.id] = line.author
    return names


def filed(lines: Iterable[Node]) -> Iterator[Node]:
    """The lines that show in the report: those below something do if that does."""
    by_id = {line.id: line for line in lines}
    for line in by_id.values():
        root = line
        while root.at.parent is not None and root.at.parent in by_id:
            root = by_id[root.at.parent]
        if root.at.is_filed:
            yield line
