"""The outline that was shown last in each chat: what a typed number means there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.entry import ChatId, MessageId, NodeId
from bot.domain.week import IsoWeek
from bot.storage.database import Connection


@dataclass(frozen=True, slots=True)
class ShownOutline:
    """A message of the bot's that shows a week's outline, or the card of one of its lines.

    `lines` has for each number the node that had it, with the fingerprint of what was shown.
    """

    message_id: MessageId
    week: IsoWeek
    page: int = 0
    card: NodeId | None = None
    lines: Mapping[str, tuple[NodeId, str]] = field(default_factory=dict)


async def keep(connection: Connection, chat_id: ChatId, shown: ShownOutline) -> None:
    """That is what the chat was shown last."""
    await connection.execute(
        "INSERT OR REPLACE INTO outlines VALUES (?, ?, ?, ?, ?, ?)",
        (
            chat_id,
            shown.message_id,
            str(shown.week),
            shown.page,
            shown.card,
            json.dumps(shown.lines),
        ),
    )


async def last(connection: Connection, chat_id: ChatId) -> ShownOutline | None:
    """What the chat was shown last."""
    rows = await connection.execute_fetchall("SELECT * FROM outlines WHERE chat_id = ?", (chat_id,))
    for row in rows:
        lines = json.loads(row["lines"]).items()
        return ShownOutline(
            MessageId(row["message_id"]),
            IsoWeek.parse(row["week"]),
            row["page"],
            row["node_id"],
            {number: (NodeId(node_id), said) for number, (node_id, said) in lines},
        )
    return None
