"""The file on a message: which of Telegram's objects it is, its suffix, what it is called.

Source: https://core.telegram.org/bots/api#message and the objects from PhotoSize on
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from mimetypes import MimeTypes

from telegram import (
    Animation,
    Audio,
    Document,
    LivePhoto,
    Message,
    PhotoSize,
    Sticker,
    Video,
    VideoNote,
    Voice,
)

from bot.chat.wording import label, lasting, whole
from bot.i18n import phrases_for
from bot.services.incoming import IncomingFile

_PICTURES = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "image/gif": ".gif",
    "image/heic": ".heic",
    "image/heif": ".heic",
    "image/avif": ".avif",
    "image/tiff": ".tiff",
    "image/bmp": ".bmp",
}
# What Python's own table lacks. That of the system is not asked: it differs between machines.
_OTHERS = {
    "audio/mp4": ".m4a",
    "audio/x-m4a": ".m4a",
    "audio/ogg": ".ogg",
    "audio/flac": ".flac",
    "audio/x-flac": ".flac",
    "audio/wav": ".wav",
    "video/x-matroska": ".mkv",
    "text/markdown": ".md",
    "application/gzip": ".gz",
}
_TYPES = MimeTypes()
_SUFFIX = re.compile(r"\.(?=[0-9]*[a-z])[a-z0-9]{1,10}\Z")
_UNKNOWN = ".bin"

_Named = Animation | Audio | Document | Video


def attached(message: Message, language: str) -> IncomingFile | None:
    """The file that hangs on the message, labelled in that language; None where there is none."""
    words = phrases_for(language).labels
    # An animation also carries a document, a live photo a photo: the more telling kind first.
    if message.animation is not None:
        return _animation(message.animation, words["animation"])
    if message.live_photo is not None:
        return _live_photo(message, message.live_photo, words["live_photo"])
    if message.photo:
        return _photo(message.photo, words["photo"])
    if message.sticker is not None:
        return _sticker(message.sticker, words["sticker"])
    if message.video is not None:
        return _video(message, message.video, words["video"])
    if message.voice is not None:
        return _file(message.voice, ".ogg", lasting(words["voice"], _seconds(message.voice)))
    if message.video_note is not None:
        note = message.video_note
        return _file(note, ".mp4", lasting(words["video_note"], _seconds(note)))
    if message.audio is not None:
        return _audio(message.audio, words["audio"])
    if message.document is not None:
        return _document(message.document, words)
    return None


def _file(
    medium: _Named | LivePhoto | PhotoSize | Sticker | VideoNote | Voice,
    suffix: str,
    shown: str,
    *,
    is_picture: bool = False,
    is_photo: bool = False,
) -> IncomingFile:
    return IncomingFile(
        file_id=medium.file_id,
        unique_id=medium.file_unique_id,
        suffix=suffix,
        size=medium.file_size,
        is_picture=is_picture,
        is_photo=is_photo,
        label=shown,
    )


def _photo(sizes: Sequence[PhotoSize], word: str) -> IncomingFile:
    largest = max(sizes, key=lambda size: size.width * size.height)
    return _file(largest, ".jpg", word, is_picture=True, is_photo=True)


def _live_photo(message: Message, live: LivePhoto, word: str) -> IncomingFile:
    if sizes := live.photo or message.photo:
        return _photo(sizes, word)
    in_album = message.media_group_id is not None
    return _file(live, ".mp4", lasting(word, live.duration), is_picture=in_album)


def _animation(animation: Animation, word: str) -> IncomingFile:
    suffix = ".gif" if _media_type(animation) == "image/gif" else ".mp4"
    return _file(animation, suffix, label(animation.file_name) or word, is_picture=True)


def _sticker(sticker: Sticker, word: str) -> IncomingFile:
    suffix = ".tgs" if sticker.is_animated else ".webm" if sticker.is_video else ".webp"
    return _file(sticker, suffix, word, is_picture=True)


def _video(message: Message, video: Video, word: str) -> IncomingFile:
    """One in an album counts as a picture, so that it keeps its place among the photos."""
    suffix = _suffix_of_name(video) or _suffix_of_type(video) or ".mp4"
    in_album = message.media_group_id is not None
    return _file(video, suffix, lasting(word, _seconds(video)), is_picture=in_album)


def _audio(audio: Audio, word: str) -> IncomingFile:
    parts = (label(audio.performer), label(audio.title))
    shown = " – ".join(part for part in parts if part) or label(audio.file_name)
    suffix = _suffix_of_name(audio) or _suffix_of_type(audio) or ".mp3"
    return _file(audio, suffix, label(shown) or lasting(word, _seconds(audio)))


def _document(document: Document, words: Mapping[str, str]) -> IncomingFile:
    """One that says it is a picture is taken as one; what it really is shows in its content."""
    media_type = _media_type(document)
    if not media_type.startswith("image/"):
        suffix = _suffix_of_name(document) or _suffix_of_type(document) or _UNKNOWN
        file = _file(document, suffix, label(document.file_name) or words["document"])
        return replace(file, name=whole(document.file_name or ""))
    suffix = _PICTURES.get(media_type) or _suffix_of_name(document) or _UNKNOWN
    shown = label(document.file_name) or words["photo"]
    return _file(document, suffix, shown, is_picture=True)


def _media_type(medium: _Named) -> str:
    """The media type in lower case, without parameters."""
    return (medium.mime_type or "").partition(";")[0].strip().lower()


def _suffix_of_name(medium: _Named) -> str:
    found = _SUFFIX.search((medium.file_name or "").strip().lower())
    return found[0] if found else ""


def _suffix_of_type(medium: _Named) -> str:
    media_type = _media_type(medium)
    return _OTHERS.get(media_type) or _TYPES.guess_extension(media_type) or ""


def _seconds(medium: Audio | Video | VideoNote | Voice) -> timedelta | int | None:
    """The duration in seconds; the attribute itself warns that its type is going to change."""
    duration: timedelta | int | None = medium.to_dict().get("duration")
    return duration
