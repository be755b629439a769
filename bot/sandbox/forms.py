"""Forms with files, read as they come in."""

from __future__ import annotations

import mimetypes

from aiohttp import BodyPartReader, web

from bot.sandbox.errors import ApiError
from bot.sandbox.params import Upload

_UNKNOWN = "application/octet-stream"


async def read_form(
    request: web.Request, largest_bytes: int | None = None
) -> tuple[dict[str, str], dict[str, Upload]]:
    """The fields and the files of a multipart form; ApiError (413) for a file over the limit."""
    fields: dict[str, str] = {}
    uploads: dict[str, Upload] = {}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        content = bytes(await part.read(decode=False))
        if part.filename is None:
            fields[part.name] = content.decode("utf-8", "replace")
            continue
        if largest_bytes is not None and len(content) > largest_bytes:
            raise ApiError(413)
        mime_type = part.headers.get("Content-Type", _UNKNOWN)
        uploads[part.name] = uploaded(part.filename, mime_type, content)
    return fields, uploads


def uploaded(name: str, mime_type: str, content: bytes) -> Upload:
    """A file as it was sent; its type is guessed from its name where none is told."""
    if mime_type in {"", _UNKNOWN}:
        mime_type = mimetypes.guess_type(name)[0] or _UNKNOWN
    return Upload(name, mime_type, content)
