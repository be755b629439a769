"""The photos of a rich message that was sent, as its answer tells of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence


def photo_ids(rich_message: object, names: Sequence[str]) -> dict[str, str]:
    """Telegram's file id for each photo by its name; empty where that cannot be told for certain.

    The server answers with the blocks of the message, in which the photos stand in their order
    (RichBlockPhoto), or repeats the media with their names.
    Source: https://core.telegram.org/bots/api#richmessage
    """
    if not isinstance(rich_message, Mapping):
        return {}
    repeated = dict(_repeated(rich_message.get("media")))
    if repeated:
        return repeated
    found = list(_photos(rich_message))
    return dict(zip(names, found, strict=True)) if len(found) == len(names) else {}


def _repeated(media: object) -> Iterator[tuple[str, str]]:
    for item in media if isinstance(media, list) else ():
        medium = item.get("media") if isinstance(item, Mapping) else None
        if isinstance(medium, Mapping) and isinstance(medium.get("media"), str):
            yield str(item.get("id")), str(medium["media"])


def _photos(value: object) -> Iterator[str]:
    """The largest size of each photo, in the order in which they stand."""
    if isinstance(value, Mapping):
        sizes = value.get("photo")
        if isinstance(sizes, list) and sizes and isinstance(sizes[-1], Mapping):
            yield str(sizes[-1].get("file_id"))
            return
        for part in value.values():
            yield from _photos(part)
    elif isinstance(value, list):
        for part in value:
            yield from _photos(part)
