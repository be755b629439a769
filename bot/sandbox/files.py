"""The files that people and the bot have sent, each under the ids Telegram would give it."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass

from bot.sandbox.errors import ApiError, refused
from bot.sandbox.limits import DOWNLOAD_BYTES


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of one kind (photo, document, …). The unique id depends on the content alone.

    A photo has its sides in pixels, and its smaller size where there is one.
    """

    file_id: str
    file_unique_id: str
    kind: str
    content: bytes
    name: str
    mime_type: str
    path: str
    sides: tuple[int, int] = (0, 0)
    smaller: StoredFile | None = None

    def described(self) -> dict[str, str | int]:
        """The fields that every kind of file shows."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.file_unique_id,
            "file_size": len(self.content),
        }


class Files:
    """All files, by id and by the path they are downloaded from."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def keep(
        self,
        content: bytes,
        *,
        kind: str,
        name: str = "",
        mime_type: str = "application/octet-stream",
        sides: tuple[int, int] = (0, 0),
        smaller: StoredFile | None = None,
    ) -> StoredFile:
        """The file under its ids; the same content of the same kind and name is one file."""
        digest = hashlib.sha256(content)
        unique = _short(digest.digest()[:12])
        digest.update(f"\0{kind}\0{name}\0{mime_type}".encode())
        file_id = f"{kind[:2].title()}AC{_short(digest.digest())}"
        if found := self._by_id.get(file_id):
            return found
        suffix = name.rpartition(".")[2] if "." in name else mime_type.rpartition("/")[2]
        path = f"{kind}s/file_{len(self._by_id)}.{suffix if suffix.isalnum() else 'bin'}"
        made = StoredFile(file_id, unique, kind, content, name, mime_type, path, sides, smaller)
        self._by_id[file_id] = self._by_path[path] = made
        return made

    def find(self, file_id: str) -> StoredFile | None:
        """The file of this id."""
        return self._by_id.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        """The file that a download asks for."""
        return self._by_path.get(path)

    def downloadable(self, file_id: str) -> StoredFile:
        """The file as `getFile` finds it; ApiError (400) for a strange id or over 20 MB."""
        found = self.find(file_id)
        if found is None:
            raise refused("wrong file_id or the file is temporarily unavailable")
        if len(found.content) > DOWNLOAD_BYTES:
            raise refused("file is too big")
        return found

    def sendable(self, file_id: str, kind: str) -> StoredFile:
        """The file as a bot may send it again; ApiError (400) if it is of another kind."""
        found = self.find(file_id)
        if found is None:
            raise refused("wrong remote file identifier specified: can't unserialize it")
        if found.kind != kind:
            raise _wrong_kind(found.kind, kind)
        return found


def _wrong_kind(found: str, wanted: str) -> ApiError:
    names = [kind.title().replace("_N", "N") for kind in (found, wanted)]
    return refused(f"can't use file of type {names[0]} as {names[1]}")


def _short(digest: bytes) -> str:
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
