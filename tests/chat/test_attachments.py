"""Files on a message: which one is taken, its suffix and what it is called."""

from __future__ import annotations

from typing import Any

import pytest

from bot.chat.incoming import to_incoming
from bot.i18n import phrases_for
from bot.services.incoming import IncomingFile
from tests.chat.messages import Json, parsed

_FILE: Json = {"file_id": "f", "file_unique_id": "u", "file_size": 5}
_FILM: Json = {**_FILE, "width": 1, "height": 1, "duration": 3}


def _attached(language: str = "en", /, **fields: Any) -> IncomingFile:
    file = to_incoming(parsed(fields), language, edited=False).file
    assert file is not None
    return file


def _document(name: str | None, media_type: str | None) -> IncomingFile:
    return _attached(document=_FILE | {"file_name": name, "mime_type": media_type})


def test_the_largest_photo_is_taken() -> None:
    """Of a photo's sizes the one with most pixels is taken, wherever it stands."""
    sizes = [
        {"file_id": str(width), "file_unique_id": f"u{width}", "width": width, "height": 90}
        for width in (90, 1280, 320)
    ]
    assert _attached(photo=sizes) == IncomingFile(
        "1280", "u1280", ".jpg", None, is_picture=True, is_photo=True, label="picture"
    )


@pytest.mark.parametrize(
    ("media_type", "name", "suffix"),
    [
        ("image/jpeg", "a.jpeg", ".jpg"),
        ("image/png", "a.png", ".png"),
        ("IMAGE/WEBP", None, ".webp"),
        ("image/gif", None, ".gif"),
        ("image/heic", "IMG_1.HEIC", ".heic"),
        ("image/heif", None, ".heic"),
        ("image/avif", None, ".avif"),
        ("image/tiff", None, ".tiff"),
        ("image/bmp", None, ".bmp"),
        ("image/svg+xml", "logo.SVG", ".svg"),
        ("image/x-unheard-of", None, ".bin"),
    ],
)
def test_documents_that_are_images(media_type: str, name: str | None, suffix: str) -> None:
    """A document with an image's media type is a picture, but no photo to Telegram."""
    file = _document(name, media_type)
    assert (file.suffix, file.is_picture, file.is_photo) == (suffix, True, False)
    assert file.label == (name or "picture")


@pytest.mark.parametrize(
    ("media_type", "name", "suffix"),
    [
        ("application/pdf", "Report.PDF", ".pdf"),
        ("application/zip", "all.tar.gz", ".gz"),
        ("application/pdf", None, ".pdf"),
        ("text/plain; charset=utf-8", "README", ".txt"),
        ("application/pdf", "周报 2023.10", ".pdf"),
        ("application/pdf", "no.suffix at all", ".pdf"),
        (None, "x.averyverylongsuffix", ".bin"),
        (None, "../../etc/passwd", ".bin"),
        ("nonsense", None, ".bin"),
        (None, None, ".bin"),
    ],
)
def test_documents(media_type: str | None, name: str | None, suffix: str) -> None:
    """A document's suffix comes from its name, else from its media type, else it is `.bin`."""
    file = _document(name, media_type)
    assert (file.suffix, file.is_picture) == (suffix, False)


def test_animations_are_pictures() -> None:
    """An animation is a picture, and the document beside it is not looked at."""
    shown = _FILE | {"width": 1, "height": 1, "duration": 3, "mime_type": "image/gif"}
    film = _FILM | {"file_name": "cat.mp4"}
    gif = _attached(animation=shown, document=_FILE)
    assert (gif.suffix, gif.is_picture, gif.label) == (".gif", True, "animation")
    assert _attached(animation=film).suffix == ".mp4"
    assert _attached(animation=film).label == "cat.mp4"


@pytest.mark.parametrize(
    ("more", "suffix"),
    [({}, ".webp"), ({"is_animated": True}, ".tgs"), ({"is_video": True}, ".webm")],
)
def test_stickers_are_pictures(more: Json, suffix: str) -> None:
    """A sticker is a picture; its emoji is the text, else its kind's word."""
    sticker: Json = {"type": "regular", "width": 512, "height": 512}
    sticker |= _FILE | {"is_animated": False, "is_video": False} | more
    file = _attached(sticker=sticker)
    assert (file.suffix, file.is_picture, file.label) == (suffix, True, "sticker")
    assert to_incoming(parsed({"sticker": sticker}), "zh", edited=False).text.text == "贴纸"
    happy = parsed({"sticker": sticker | {"emoji": "🙂"}})
    assert to_incoming(happy, "zh", edited=False).text.text == "🙂"


def test_videos_are_pictures_in_albums_only() -> None:
    """A video keeps its place among an album's photos; alone it is a file."""
    video = _FILM | {"duration": 3723}
    alone, among = _attached(video=video), _attached(video=video, media_group_id="1")
    assert (alone.suffix, alone.is_picture, alone.label) == (".mp4", False, "video 1:02:03")
    assert among.is_picture
    assert _attached(video=video | {"mime_type": "video/quicktime"}).suffix == ".mov"
    assert _attached(video=video | {"file_name": "a.MKV"}).suffix == ".mkv"


def test_live_photos_are_their_still() -> None:
    """A live photo gives its photo; only one that carries none gives its video."""
    still = _FILE | {"file_id": "still", "width": 9, "height": 9}
    live = _FILM | {"duration": 2}
    with_still = _attached(live_photo=live | {"photo": [still]}, photo=[still])
    assert (with_still.file_id, with_still.is_picture, with_still.is_photo) == ("still", True, True)
    without = _attached("zh", live_photo=live)
    assert (without.suffix, without.is_picture, without.label) == (".mp4", False, "实况照片 0:02")


def test_sounds_are_labelled_with_their_length() -> None:
    """A voice message and a video note are called by their kind and their length."""
    voice, note = _FILE | {"duration": 12}, _FILE | {"duration": 60, "length": 240}
    assert (_attached("zh", voice=voice).suffix, _attached("zh", voice=voice).label) == (
        ".ogg",
        "语音 0:12",
    )
    assert _attached(voice=voice).label == "voice message 0:12"
    assert _attached("zh", video_note=note).label == "视频消息 1:00"
    assert _attached(video_note=note).suffix == ".mp4"


@pytest.mark.parametrize(
    ("more", "suffix", "label"),
    [
        ({"performer": "Ann", "title": "Song"}, ".mp3", "Ann – Song"),
        ({"title": "Song", "mime_type": "audio/mp4"}, ".m4a", "Song"),
        ({"file_name": "take 1.FLAC"}, ".flac", "take 1.FLAC"),
        ({}, ".mp3", "audio 3:20"),
    ],
)
def test_audio(more: Json, suffix: str, label: str) -> None:
    """Music is called by who plays what, else by its file, else by its kind and length."""
    file = _attached(audio=_FILE | {"duration": 200} | more)
    assert (file.suffix, file.label, file.is_picture) == (suffix, label, False)


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("a\u202egpj.exe", "agpj.exe"),
        ("two\nlines\x00 \ud83d.txt", "two lines �.txt"),
        ("👩\u200d💻.txt", "👩\u200d💻.txt"),
        ("\u200b\u2066", "file"),
        ("长" * 80, "长" * 59 + "…"),
        ("a" * 60, "a" * 60),
    ],
)
def test_labels_are_clean(name: str, label: str) -> None:
    """A label is one line of at most 60 characters, without any that deceive the eye."""
    assert _document(name, None).label == label


def test_both_languages_have_the_same_labels() -> None:
    """No kind is without a word in one of the languages."""
    assert phrases_for("en").labels.keys() == phrases_for("zh").labels.keys()
