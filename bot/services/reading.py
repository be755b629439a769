"""What a message says to a journal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.entry import Entry, Node, Part
from bot.domain.grammar.message import ParsedMessage, parse_message
from bot.domain.journal import Journal
from bot.domain.sections import of_all_times
from bot.domain.text import RichText
from bot.services.commenting import Comment
from bot.services.incoming import Incoming
from bot.services.lines import Manner, lines_of


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads messages as the bot of that name is to understand them."""

    bot_username: str

    def read(self, journal: Journal, text: RichText, *, caption: bool = False) -> ParsedMessage:
        """What the text, or the caption of a picture, says."""
        return parse_message(
            text, journal.sections, caption=caption, bot_username=self.bot_username
        )

    def as_stored(
        self, journal: Journal, entry: Entry, lines: Sequence[Node], manner: Manner
    ) -> Journal:
        """The journal as it has to be set up for the entry's message to say what is stored of it.

        Tags may have changed since, and a section ended: then it is read by all it ever had.
        """
        caption = any(line.file is not None and line.at.part is Part.PICTURE for line in lines)
        then = replace(journal, all_sections=of_all_times(journal.all_sections))
        stored = [line.source for line in lines]
        for setup in (journal, then):
            parsed = self.read(setup, entry.text, caption=caption)
            part = Part.PICTURE if caption else _said_as(lines)
            if [line.source for line in lines_of(parsed, part, manner)] == stored:
                return setup
        return journal

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


def _said_as(lines: Sequence[Node]) -> Part:
    """The part as which the lines were said: a picture by its link was said as an item."""
    part = lines[0].at.part if lines else Part.ITEM
    return Part.ITEM if part is Part.PICTURE else part
