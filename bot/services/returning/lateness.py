"""Which lines of a week came into it after its file had gone out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.domain.entry import Node, NodeId, Part, Placement
from bot.domain.week import IsoWeek
from bot.services.returning.standing import StandingWeek
from bot.storage import arrivals
from bot.storage.changes import Value
from bot.storage.database import Database


async def late_lines(
    database: Database, standing: StandingWeek, since: datetime | None
) -> frozenset[NodeId]:
    """The lines that were not in the week's report at that time, so no file of then has them.

    Not those that another file has brought since: it came from the same hands.
    """
    if since is None:
        return frozenset()
    async with database.snapshot() as connection:
        before = await arrivals.before(connection, standing.journal.id, since)
    return frozenset(
        node.id
        for node in standing.stored.values()
        if (not node.is_imported and node.sent_at is not None and node.sent_at > since)
        or not _was_there(node, before.get(node.id, {}))
    )


def _was_there(node: Node, was: Mapping[str, Value]) -> bool:
    """Whether it stood in the report of its week, where it has changed so since."""
    if arrivals.NEW in was or was.get("removed"):
        return False
    week, section = was.get("week", str(node.at.week)), was.get("section", node.at.section)
    at = Placement(
        IsoWeek.parse(str(week)),
        None if section is None else str(section),
        Part(str(was.get("part", node.at.part))),
    )
    return at.week == node.at.week and at.is_filed
