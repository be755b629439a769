"""Markdown to what Telegram shows: messages with entities, or one rich message."""

from __future__ import annotations

from bot.domain.preview.messages import preview
from bot.domain.preview.rich_document import RichDocument, RichLimits, rich_markdown

__all__ = ["RichDocument", "RichLimits", "preview", "rich_markdown"]
