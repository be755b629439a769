"""A report as a person sees it in a chat, where the server knows no rich messages."""

from __future__ import annotations

from bot.domain.commonmark import read
from bot.domain.preview.layout import lay_out
from bot.domain.preview.splitting import split
from bot.domain.text import RichText


def preview(markdown: str, *, limit: int, most_spans: int | None = None) -> tuple[RichText, ...]:
    """The Markdown document as messages of formatted text, in their order.

    `limit` is the longest message in UTF-16 units (Bot API: 4,096), `most_spans` the number of
    entities beyond which Telegram shows none. Nothing visible is lost between the messages but
    white space. A document without visible text gives no message.
    """
    return split(read(markdown, lay_out), limit, most_spans)
