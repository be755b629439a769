"""The buttons under what was found, and their data."""

from __future__ import annotations

from dataclasses import dataclass

from bot.chat.line_buttons import page_number, row_id
from bot.domain.entry import NodeId
from bot.services.searching import SearchId


@dataclass(frozen=True, slots=True)
class FoundLine:
    """Send the outline of the line's week, at that line."""

    node_id: NodeId


@dataclass(frozen=True, slots=True)
class SearchPages:
    """Show that page of what the search finds now; the first is 0."""

    search_id: SearchId
    page: int


SearchButton = FoundLine | SearchPages


def pack_search_button(button: SearchButton) -> str:
    """The button's data."""
    match button:
        case FoundLine(node_id):
            return f"q:o:{node_id}"
        case SearchPages(search_id, page):
            return f"q:p:{search_id}:{page}"


def unpack_search_button(rest: str) -> SearchButton:
    """The button that was packed so. Raises ValueError for anything else."""
    kind, _, data = rest.partition(":")
    if kind == "o":
        return FoundLine(NodeId(row_id(data)))
    if kind == "p":
        search_id, _, page = data.partition(":")
        return SearchPages(SearchId(row_id(search_id)), page_number(page))
    raise ValueError(rest)
