"""Text and entities as the server keeps them: cleaned, trimmed, with its own finds merged in."""

from __future__ import annotations

import re
from typing import Any, Final

from bot.sandbox.detection import detected
from bot.sandbox.errors import refused
from bot.sandbox.units import index_at, offsets, units

Entity = dict[str, Any]
Formatted = tuple[str, list[Entity]]

_UNCLEAN: Final = re.compile(
    r"(?P<removed>[\x00\r\u2028-\u202e\u0333\u033f\u030a])|[\x01-\x09\x0b-\x1f]"
)
_LINK: Final = re.compile(
    r"tg://\S+"
    r"|(?:(?:https?|ftp)://)?[^\s/.:?#]+(?:\.[^\s/.:?#]+)+(?::\d+)?(?:[/?#]\S*)?"
    # A name without a dot is refused by Telegram too; with a port it is this machine's.
    r"|https?://[^\s/:]+:\d+(?:/\S*)?",
    re.IGNORECASE,
)
_DASHES: Final = re.compile("--")
_OPAQUE: Final = frozenset({"code", "pre"})
_WHOLE: Final = frozenset({"code", "pre", "text_link", "text_mention", "custom_emoji", "date_time"})
_GIVEN: Final = _WHOLE | {
    "bold", "italic", "underline", "strikethrough", "spoiler", "blockquote",
    "expandable_blockquote",
}  # fmt: skip
_FOUND: Final = frozenset(
    {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"}
)


def checked(text: str, raw: object) -> list[Entity]:
    """The entities a client gave, without those the server finds itself and the empty ones.

    Raises ApiError (400) for an unknown type, a range outside the text or one that splits a
    surrogate pair, in TDLib's words.
    """
    if not raw:
        return []
    if not isinstance(raw, list):
        raise refused("can't parse entities: expected an Array")
    places = offsets(text)
    kept: list[Entity] = []
    for entity in raw:
        if not isinstance(entity, dict):
            raise refused("can't parse MessageEntity: expected an Object")
        kind, offset, length = entity.get("type"), entity.get("offset"), entity.get("length")
        if not isinstance(offset, int) or not isinstance(length, int):
            raise refused('can\'t parse MessageEntity: Field "offset" must be of type Number')
        if kind not in _GIVEN and kind not in _FOUND:
            raise refused("can't parse MessageEntity: Unsupported type specified")
        if offset < 0:
            raise refused(f"receive an entity with incorrect offset {offset}")
        if length < 0:
            raise refused(f"receive an entity with incorrect length {length}")
        if kind in _FOUND or not length:
            continue
        _check_range(places, offset, offset + length)
        if kind == "text_link" and not is_link(str(entity.get("url", ""))):
            raise refused(f"entity URL '{entity.get('url', '')}' is invalid: Wrong HTTP URL")
        kept.append({name: value for name, value in entity.items() if value is not None})
    return kept


def _check_range(places: Any, start: int, end: int) -> None:
    if end > places[-1]:
        raise refused(
            f"entity beginning at UTF-16 offset {start} ends after the end of the text "
            f"at UTF-16 offset {end}"
        )
    for edge, verb in ((start, "begins"), (end, "ends")):
        if index_at(places, edge) is None:
            raise refused(
                f"entity beginning at UTF-16 offset {start} {verb} in a middle of a UTF-16 symbol"
            )


def is_link(url: str) -> bool:
    """Whether Telegram takes this as the address of a link or a button."""
    return _LINK.fullmatch(url) is not None


def kept_by_server(text: str, entities: list[Entity]) -> Formatted:
    """The text without control characters and outer blanks, with all its entities in order."""
    text, entities = _rewritten(text, entities, _UNCLEAN, " ")
    text, entities = _trimmed(text, entities)
    return text, _merged(entities, detected(text))


def with_smart_dashes(text: str, entities: list[Entity]) -> Formatted:
    """What a client makes of `--` while a person types: a long dash."""
    return _rewritten(text, entities, _DASHES, "—")


def pieces(text: str, entities: list[Entity], limit: int) -> list[Formatted]:
    """A long text as the messages a client makes of it, divided at line ends, else at blanks."""
    found: list[Formatted] = []
    while units(text) > limit:
        places = offsets(text)
        fits = next(i for i in range(limit, -1, -1) if i < len(places) and places[i] <= limit)
        # Not in the first half: a lone early break would leave a very short message.
        cut = text.rfind("\n", fits // 2, fits)
        if cut < 0:
            cut = text.rfind(" ", fits // 2, fits)
        end, start = (fits, fits) if cut < 0 else (cut, cut + 1)
        found.append(_trimmed(text[:end], _within(entities, 0, places[end])))
        entities = _within(entities, places[start], places[-1])
        text, entities = _trimmed(text[start:], entities)
    return [*found, (text, entities)]


def _rewritten(
    text: str, entities: list[Entity], pattern: re.Pattern[str], replacement: str
) -> Formatted:
    """The text with each match replaced (or removed, by its group), the entities moved along."""
    if not pattern.search(text):
        return text, entities
    places = offsets(text)
    edits: list[tuple[int, int]] = []

    def replace(match: re.Match[str]) -> str:
        new = "" if match.groupdict().get("removed") else replacement
        edits.append((places[match.end()], places[match.start()] + len(new)))
        return new

    def moved(offset: int) -> int:
        shift = 0
        for end, new_end in edits:
            if end > offset:
                break
            shift += new_end - end
        return max(offset + shift, 0)

    result = pattern.sub(replace, text)
    return result, _placed([(e, moved(e["offset"]), moved(_end(e))) for e in entities])


def _trimmed(text: str, entities: list[Entity]) -> Formatted:
    # Blanks that begin a formatted part are wanted there (an indented code block).
    first = min((entity["offset"] for entity in entities), default=len(text))
    right = text.rstrip(" \n")
    left = min(len(right) - len(right.lstrip(" \n")), first)
    if left == 0 and len(right) == len(text):
        return text, entities
    return right[left:], _within(entities, left, units(right))


def _within(entities: list[Entity], start: int, end: int) -> list[Entity]:
    """The parts of the entities between two offsets, counted from the first."""
    cut = [(e, max(e["offset"], start) - start, min(_end(e), end) - start) for e in entities]
    return _placed(cut)


def _placed(cut: list[tuple[Entity, int, int]]) -> list[Entity]:
    return [
        {**entity, "offset": start, "length": end - start}
        for entity, start, end in cut
        if start < end
    ]


def _merged(given: list[Entity], found: list[Entity]) -> list[Entity]:
    if not given:
        return found
    opaque = [e for e in given if e["type"] in _OPAQUE]
    kept = [
        e
        for e in given
        if not any(o is not e and o["offset"] <= e["offset"] and _end(e) <= _end(o) for o in opaque)
        or e["type"] == "pre"
    ]
    whole = [e for e in kept if e["type"] in _WHOLE]
    kept += [
        e for e in found if all(_end(e) <= w["offset"] or _end(w) <= e["offset"] for w in whole)
    ]
    return sorted(kept, key=lambda e: (e["offset"], -e["length"]))


def _end(entity: Entity) -> int:
    return int(entity["offset"]) + int(entity["length"])
