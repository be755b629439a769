"""Secrets taken out of text that leaves the program."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

HIDDEN = "[hidden]"

# Shorter than this, a secret is also an ordinary word, and hiding it would hide half the text.
_SHORTEST = 6
# The part of a token that is secret has 35 characters; some room to either side costs nothing.
_SHAPE = r"(?<![0-9])[0-9]{3,}+(?::|%(?:25)*3A)(?:[A-Za-z0-9_-]|%(?:25)*(?:2D|5F)){30,}"


class Secret:
    """A string that does not show itself: not in messages, logs or representations."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The string itself."""
        return self._value

    def __repr__(self) -> str:
        return "Secret(…)"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(self._value)


class Mask:
    """Replaces the given secrets, and whatever looks like a bot token, by `[hidden]`."""

    __slots__ = ("_pattern",)

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        known = {form for secret in secrets for form in _forms(secret)}
        # The longest first: a part must not be hidden while the rest stays.
        literal = [re.escape(form) for form in sorted(known, key=len, reverse=True)]
        self._pattern = re.compile("|".join([*literal, _SHAPE]), re.IGNORECASE)

    def __call__(self, text: str) -> str:
        """The text without the secrets, also where they are percent-encoded."""
        return self._pattern.sub(HIDDEN, text)


def _forms(secret: str) -> Iterable[str]:
    """How a secret may be written: whole, and a token's part behind the colon by itself."""
    for part in (secret, secret.partition(":")[2]):
        if len(part) >= _SHORTEST:
            yield from (part, once := quote(part, safe=""), quote(once, safe=""))
