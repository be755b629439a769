"""Files kept by their content: the same picture sent twice lies on the disk once."""

from __future__ import annotations

import asyncio
import hashlib
import os
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bot.storage.copying import sync_folder


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A file in the folder; `sha256` is None where it lies where no content would.

    `size` in bytes, `changed_at` in Unix time.
    """

    path: str
    sha256: str | None
    size: int
    changed_at: float


def place_on_shelf(sha256: str) -> str:
    """The path of a file in the folder of a shelf."""
    return f"{sha256[:2]}/{sha256}"


class Shelf:
    """A folder of files named by their SHA-256, readable by the owner only."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def keep(self, content: bytes) -> str:
        """The SHA-256 (hex) of the content, which is on the disk now. Raises OSError."""
        return await asyncio.to_thread(self._keep, content)

    async def read(self, sha256: str) -> bytes:
        """The content with that SHA-256. Raises OSError."""
        return await asyncio.to_thread(self.path_of(sha256).read_bytes)

    async def held(self) -> list[HeldFile]:
        """All files that are there, by their paths. Raises OSError."""
        return await asyncio.to_thread(self._held)

    def _held(self) -> list[HeldFile]:
        found: list[HeldFile] = []
        for path in sorted(self.folder.rglob("*")):
            try:
                facts = path.lstat()
            except FileNotFoundError:  # an unfinished one that got its name meanwhile
                continue
            if not stat.S_ISDIR(facts.st_mode):
                sha256 = path.name if path == self.path_of(path.name) else None
                relative = path.relative_to(self.folder).as_posix()
                found.append(HeldFile(relative, sha256, facts.st_size, facts.st_mtime))
        return found

    def _keep(self, content: bytes) -> str:
        sha256 = hashlib.sha256(content).hexdigest()
        path = self.path_of(sha256)
        if path.exists():
            return sha256
        # `parents` would make the shelf's own folder as the umask has it.
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.parent.mkdir(exist_ok=True, mode=0o700)
        # Written beside its place and renamed: a kill leaves no half a picture under its name.
        handle, unfinished = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(unfinished).replace(path)
        except BaseException:
            Path(unfinished).unlink(missing_ok=True)
            raise
        sync_folder(path.parent)
        return sha256

    def path_of(self, sha256: str) -> Path:
        return self.folder / place_on_shelf(sha256)
