"""A week's report as messages that are not sent yet. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from telegram import InputFile
from telegram.constants import MessageLimit

from bot.chat.messenger import keyboard
from bot.chat.views import Saying
from bot.chat.week_views import week_note
from bot.services.reporting import CompiledWeek


@dataclass(frozen=True, slots=True)
class Medium:
    """A picture in a rich message: Telegram's id of it, or the JPEG to be sent along.

    `key` is the same for the same picture either way.
    """

    name: str
    key: str
    file_id: str = ""
    jpeg: bytes = b""


@dataclass(frozen=True, slots=True)
class Piece:
    """One message: a saying, or a rich one in the Bot API's Markdown with its pictures."""

    saying: Saying | None = None
    markdown: str = ""
    media: tuple[Medium, ...] = ()

    @property
    def fingerprint(self) -> str:
        """What is the same for pieces that look the same."""
        return hashlib.sha256(self._source.encode("utf-8", "surrogatepass")).hexdigest()[:32]

    @property
    def _source(self) -> str:
        if self.saying is None:
            return f"{self.markdown}\0{' '.join(medium.key for medium in self.media)}"
        markup = keyboard(self.saying.rows)
        return f"{self.saying.text!r} {'' if markup is None else markup.to_json()}"

    @property
    def sends_files(self) -> bool:
        """Whether pictures are sent along."""
        return any(medium.jpeg for medium in self.media)

    @property
    def parameters(self) -> dict[str, object]:
        """The rich message as parameters of a call."""
        media = [
            {
                "id": medium.name,
                "media": {
                    "type": "photo",
                    "media": medium.file_id or f"attach://{medium.name}",
                },
            }
            for medium in self.media
        ]
        files = {
            medium.name: InputFile(medium.jpeg, f"{medium.name}.jpg")
            for medium in self.media
            if medium.jpeg
        }
        rich = {"markdown": self.markdown, **({"media": media} if media else {})}
        return {"rich_message": json.dumps(rich), **files}


def rich_pieces(
    week: CompiledWeek, photos: Mapping[str, str], media: Mapping[str, Medium]
) -> list[Piece] | None:
    """The report as one rich message, and the note; None where it goes beyond the limits."""
    # Imported here, as below: the Markdown parser costs start and idle memory.
    from bot.domain.preview.rich_document import rich_markdown

    others = [p.path for p in week.pictures if p.path not in photos]
    document = rich_markdown(week.markdown, photos, others)
    if document is None:
        return None
    shown = tuple(replace(media[key], name=name) for name, key in document.media)
    return [Piece(markdown=document.markdown, media=shown), Piece(week_note(week))]


def split_pieces(week: CompiledWeek) -> list[Piece]:
    """The report as formatted text, and the note."""
    from bot.domain.preview import preview

    texts = preview(
        week.markdown,
        limit=MessageLimit.MAX_TEXT_LENGTH,
        most_spans=MessageLimit.MESSAGE_ENTITIES,
    )
    return [*(Piece(Saying(text)) for text in texts), Piece(week_note(week))]
