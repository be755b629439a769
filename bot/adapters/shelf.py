"""Files kept by their content: the same picture sent twice lies on the disk once."""

from __future__ import annotations

import asyncio
import hashlib
import os
import tempfile
from pathlib import Path


class Shelf:
    """A folder of files named by their SHA-256, readable by the owner only."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def keep(self, content: bytes) -> str:
        """The SHA-256 (hex) of the content, which is on the disk now. Raises OSError."""
        return await asyncio.to_thread(self._keep, content)

    async def read(self, sha256: str) -> bytes:
        """The content with that SHA-256. Raises OSError."""
        return await asyncio.to_thread(self._path(sha256).read_bytes)

    def _keep(self, content: bytes) -> str:
        sha256 = hashlib.sha256(content).hexdigest()
        path = self._path(sha256)
        if path.exists():
            return sha256
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
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
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        return sha256

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256
