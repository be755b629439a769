"""Text as it is compared in a search: case, width, accents and blanks make no difference."""

from __future__ import annotations

import unicodedata
from typing import Final

# Combining accents, and what only chooses between two looks of a sign. Marks of other scripts
# belong to their letters: が is no か.
_UNSEEN: Final = frozenset({*map(chr, range(0x300, 0x370)), "\ufe0e", "\ufe0f", "\u200b"})


class _Folding(dict[int, str]):
    """What each character is compared as, worked out when it is met first."""

    def __missing__(self, code: int) -> str:
        made = _folded(chr(code))
        # Whoever sends all of Unicode does not fill the memory with it.
        if len(self) < 20_000:
            self[code] = made
        return made


def _folded(character: str) -> str:
    if character.isspace():
        return " "
    plain = unicodedata.normalize("NFKC", character).casefold()
    parts = unicodedata.normalize("NFD", plain)
    bare = "".join(part for part in parts if part not in _UNSEEN)
    return unicodedata.normalize("NFC", bare)


_FOLDING: Final = _Folding()


def fold(text: str) -> str:
    """The text as it is compared."""
    return unicodedata.normalize("NFC", text).translate(_FOLDING)


def hits_of(text: str, needles: tuple[str, ...]) -> list[tuple[int, int]]:
    """Where folded words stand in a text (NFC): start and end of each hit, in order, apart."""
    folded, places = "", []
    for index, character in enumerate(text):
        made = _FOLDING[ord(character)]
        folded += made
        places += [index] * len(made)
    marked: set[int] = set()
    for needle in needles:
        start = folded.find(needle)
        while needle and start >= 0:
            marked.update(places[start : start + len(needle)])
            start = folded.find(needle, start + 1)
    hits: list[tuple[int, int]] = []
    for index in sorted(marked):
        if hits and hits[-1][1] == index:
            hits[-1] = (hits[-1][0], index + 1)
        else:
            hits.append((index, index + 1))
    return hits
