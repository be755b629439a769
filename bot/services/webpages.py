"""A week as one page for the browser, its pictures in it."""

from __future__ import annotations

import asyncio
import base64
import logging

from bot.domain.markdown import plain_text
from bot.domain.parse import parse
from bot.domain.webpage import webpage
from bot.services.ports import PictureShelf, PictureShrinker
from bot.services.reporting import CompiledWeek

_LOG = logging.getLogger(__name__)


async def webpage_of(week: CompiledWeek, shelf: PictureShelf, shrinker: PictureShrinker) -> str:
    """The page (HTML), in which each picture is a small JPEG; what cannot be one is its caption."""
    pictures: dict[str, str] = {}
    for picture in week.pictures:
        path = picture.place
        if path is None or picture.sha256 is None or not picture.may_show:
            continue
        try:
            jpeg = await shrinker.shrink(await shelf.read(picture.sha256))
        except OSError as error:
            # The report is worth having without it.
            _LOG.error("file %s cannot be read: %s", picture.sha256, error)
            continue
        if jpeg is not None:
            pictures[path] = f"data:image/jpeg;base64,{base64.b64encode(jpeg).decode()}"
    title = plain_text(f"# {parse(week.markdown).title}") or str(week.week)
    return await asyncio.to_thread(
        webpage, week.markdown, title=title, language=week.journal.language, pictures=pictures
    )
