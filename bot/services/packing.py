"""A week as files: the Markdown, and archives of it with its pictures."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# What a zip adds to its files is far below this.
SLACK = 64 * 1024


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file to send or to pack."""

    name: str
    content: bytes


def pack_week(
    name: str, document: bytes, pictures: Sequence[NamedFile], *, limit: int
) -> tuple[NamedFile, ...]:
    """The files that carry the week, each at most `limit` bytes.

    Without pictures `name.md`; with pictures `name.zip`, which holds it and the pictures at
    the paths it names; where that is too large, `name.md` and then archives in parts.
    A picture that is too large by itself gets a part of its own all the same.
    """
    text = NamedFile(f"{name}.md", document)
    if not pictures:
        return (text,)
    parts = list(_parts([text, *pictures], limit - SLACK))
    if len(parts) == 1:
        return (NamedFile(f"{name}.zip", _zip(parts[0])),)
    parts = list(_parts(pictures, limit - SLACK))
    archives = (NamedFile(f"{name}-{n}.zip", _zip(part)) for n, part in enumerate(parts, 1))
    return (text, *archives)


def _parts(files: Sequence[NamedFile], limit: int) -> Iterator[list[NamedFile]]:
    part: list[NamedFile] = []
    size = 0
    for file in files:
        if part and size + len(file.content) > limit:
            yield part
            part, size = [], 0
        part.append(file)
        size += len(file.content)
    yield part


def _zip(files: Sequence[NamedFile]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for file in files:
            # Pictures are compressed already; a fixed date makes equal weeks equal files.
            entry = zipfile.ZipInfo(file.name)
            entry.compress_type = zipfile.ZIP_STORED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, file.content)
    return buffer.getvalue()
