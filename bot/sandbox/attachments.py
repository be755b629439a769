"""Files as parts of a message: the objects Telegram shows for a photo, a document, a voice …

Source: https://core.telegram.org/bots/api#photosize and the objects after it
"""

from __future__ import annotations

import asyncio
from typing import Any, Final

from bot.sandbox.files import Files, StoredFile
from bot.sandbox.params import Upload
from bot.sandbox.pictures import photo_sizes

KINDS: Final = (
    "photo", "document", "animation", "voice", "video", "audio", "video_note", "sticker",
)  # fmt: skip


async def kept(files: Files, kind: str, upload: Upload) -> StoredFile:
    """The upload as a file of a kind; ApiError (400) for a photo that is none or is too large."""
    if kind != "photo":
        return files.keep(upload.content, kind=kind, name=upload.name, mime_type=upload.mime_type)
    thumbnail, original = await asyncio.to_thread(photo_sizes, upload.content)
    smaller = (
        None
        if thumbnail is None
        else files.keep(
            thumbnail.content,
            kind=kind,
            mime_type=thumbnail.mime_type,
            sides=(thumbnail.width, thumbnail.height),
        )
    )
    return files.keep(
        original.content,
        kind=kind,
        mime_type=original.mime_type,
        sides=(original.width, original.height),
        smaller=smaller,
    )


def shown(file: StoredFile) -> dict[str, Any]:
    """The part of a message that shows the file, for example `{"photo": [PhotoSize, …]}`."""
    details: dict[str, Any] = file.described()
    match file.kind:
        case "photo":
            sizes = [file.smaller, file] if file.smaller else [file]
            return {
                "photo": [
                    {**size.described(), "width": size.sides[0], "height": size.sides[1]}
                    for size in sizes
                ]
            }
        case "document":
            details |= {"file_name": file.name, "mime_type": file.mime_type}
        case "animation":
            details |= {"file_name": file.name, "mime_type": file.mime_type}
            # Telegram shows an animation as a document too, for clients of before animations.
            frame = {"width": 320, "height": 240, "duration": 3}
            return {"animation": details | frame, "document": details}
        case "video":
            details |= {"width": 640, "height": 480, "duration": 3, "mime_type": file.mime_type}
        case "audio" | "voice":
            details |= {"duration": 3, "mime_type": file.mime_type}
        case "video_note":
            details |= {"length": 240, "duration": 3}
        case "sticker":
            details |= {"type": "regular", "width": 512, "height": 512, "emoji": "🙂"}
            details |= {"is_animated": False, "is_video": False}
    return {file.kind: details}
