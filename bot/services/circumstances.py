"""What surrounds a new message: what it replies to, its album, its comment, what sticks."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.entry import Entry, State
from bot.domain.grammar.message import ParsedMessage
from bot.domain.journal import Journal
from bot.services.commenting import Comment, comment_on
from bot.services.incoming import Incoming
from bot.services.sticking import what_sticks
from bot.services.targets import NOWHERE, Target, find_target, target_in
from bot.storage import entries
from bot.storage.database import Connection


@dataclass(frozen=True, slots=True)
class Circumstances:
    """`album` are the parts that are here; it `is_gone` where all of them were deleted.

    `sticky` is the key of the section that sticks for the message.
    """

    target: Target = NOWHERE
    album: tuple[Entry, ...] = ()
    album_is_gone: bool = False
    comment: Comment | None = None
    sticky: str | None = None

    @property
    def comment_entry(self) -> Entry | None:
        """The comment where it is more than a tag."""
        return self.comment if isinstance(self.comment, Entry) else None

    def concern(self, incoming: Incoming, parsed: ParsedMessage) -> bool:
        """Whether the message is meant for the bot: in a group much is not."""
        if not incoming.in_group or parsed.tagged or parsed.week is not None:
            return True
        replies = self.target.entry or self.target.week or incoming.reply_to_bot
        return bool(replies or self.album or self.album_is_gone or self.comment or self.sticky)


async def circumstances_of(
    connection: Connection, journal: Journal, incoming: Incoming
) -> Circumstances:
    """What surrounds the message now."""
    comment = await comment_on(connection, incoming)
    if isinstance(comment, Entry):
        target = await target_in(connection, comment)
    else:
        target = await find_target(connection, journal, incoming)
    parts: list[Entry] = []
    if incoming.media_group is not None:
        group = incoming.media_group
        parts = await entries.of_media_group(connection, incoming.key.chat_id, group)
    here = tuple(part for part in parts if part.state is not State.REMOVED)
    return Circumstances(
        target=target,
        album=here,
        album_is_gone=bool(parts) and not here,
        comment=comment,
        sticky=await what_sticks(connection, journal, incoming),
    )
