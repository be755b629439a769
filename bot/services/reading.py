"""What a message says to a journal."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.domain.entry import Entry
from bot.domain.grammar.message import ParsedMessage, parse_message
from bot.domain.journal import Journal
from bot.domain.text import RichText
from bot.services.commenting import Comment
from bot.services.incoming import Incoming


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads messages as the bot of that name is to understand them."""

    bot_username: str

    def read(self, journal: Journal, text: RichText, *, caption: bool = False) -> ParsedMessage:
        """What the text, or the caption of a picture, says."""
        return parse_message(
            text, journal.sections, caption=caption, bot_username=self.bot_username
        )

    def read_new(
        self, journal: Journal, incoming: Incoming, comment: Comment | None = None
    ) -> ParsedMessage:
        """What a new message says; a forward leaves the say to the comment on it."""
        caption = incoming.file is not None and incoming.file.is_picture
        if comment is None:
            return self.read(journal, incoming.text, caption=caption)
        parsed = parse_message(incoming.text, journal.sections, caption=caption, reads_signs=False)
        if isinstance(comment, Entry):
            return parsed
        tag = self.read(journal, RichText(comment.text))
        return replace(parsed, section=tag.section, part=tag.part, week=tag.week, tagged=tag.tagged)
