"""Text to CommonMark that stays inside its place and means what it meant."""

from __future__ import annotations

from bot.domain.markdown.links import untitled_links, with_titles, without_tracking
from bot.domain.markdown.sources import (
    caption_source,
    heading_source,
    item_source,
    paragraph_sources,
    plain_text,
)

__all__ = [
    "caption_source",
    "heading_source",
    "item_source",
    "paragraph_sources",
    "plain_text",
    "untitled_links",
    "with_titles",
    "without_tracking",
]
