"""Looking for a secret in everything that a program has given out."""

from __future__ import annotations

import zipfile
from base64 import b64encode
from collections.abc import Collection, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote_to_bytes


def forms(secret: str) -> frozenset[bytes]:
    """How it may be written, in small letters: plain, and in base64.

    In base64 it looks different at each of three places; what depends on its neighbours is left
    out. Its halves are looked for as well: whoever has one is half way.
    """
    half = len(secret) // 2
    based = set()
    for before in range(3):
        for left in range(3):
            whole = b64encode(b"x" * before + secret[: len(secret) - left].encode()).decode()
            inner = whole[4 if before else 0 : -4]
            based |= {inner, inner.replace("+", "-").replace("/", "_")}
    plain = {secret, secret[:half], secret[half:]}
    return frozenset(form.lower().encode() for form in plain | based)


def _readings(content: bytes) -> Iterator[bytes]:
    """The content as it is, and as it is without percent-encoding, in small letters."""
    for _ in range(4):
        yield content.lower()
        if b"%" not in content:
            return
        content = unquote_to_bytes(content)


class Haul:
    """All that was given out, by where it was found."""

    def __init__(self) -> None:
        self._found: dict[str, bytes] = {}

    def add(self, where: str, content: bytes | str) -> None:
        """That was given out, and what is packed in it."""
        raw = content.encode() if isinstance(content, str) else content
        self._found[where] = raw
        if zipfile.is_zipfile(BytesIO(raw)):
            with zipfile.ZipFile(BytesIO(raw)) as archive:
                for name in archive.namelist():
                    self.add(f"{where}/{name}", archive.read(name))

    def add_folder(self, folder: Path, but: Collection[str] = ()) -> None:
        """Every file below it, but for those that hold the secrets by their purpose."""
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.name not in but:
                self.add(str(path.relative_to(folder)), path.read_bytes())

    @property
    def size(self) -> int:
        """Bytes."""
        return sum(map(len, self._found.values()))

    @property
    def places(self) -> frozenset[str]:
        """Where something was found that has anything in it."""
        return frozenset(where for where, content in self._found.items() if content)

    def leaks(self, secrets: Mapping[str, str]) -> list[tuple[str, str]]:
        """Which secret stands where."""
        return list(self._look(secrets))

    def _look(self, secrets: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        for name, secret in secrets.items():
            wanted = forms(secret)
            for where, content in self._found.items():
                if any(form in text for text in _readings(content) for form in wanted):
                    yield name, where
