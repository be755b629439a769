"""A form with files, as a request carries it (RFC 7578)."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from typing import IO

# The name of a file, what it holds, and of what kind that is.
FilePart = tuple[str, bytes | IO[bytes], str]

_ESCAPES = {ord('"'): "%22", ord("\r"): "%0D", ord("\n"): "%0A"}


def form(fields: Mapping[str, str], files: Mapping[str, FilePart]) -> tuple[str, list[bytes]]:
    """The form's content type, and its parts one after the other, of which no file is copied."""
    boundary = secrets.token_hex(16)
    parts: list[bytes] = []
    for name, value in fields.items():
        parts.append(_head(boundary, f'name="{_quoted(name)}"') + value.encode() + b"\r\n")
    for name, (file_name, content, kind) in files.items():
        place = f'name="{_quoted(name)}"; filename="{_quoted(file_name)}"'
        parts += [
            _head(boundary, place, kind),
            content if isinstance(content, bytes) else content.read(),
            b"\r\n",
        ]
    parts.append(f"--{boundary}--\r\n".encode())
    return f"multipart/form-data; boundary={boundary}", parts


def length_of(parts: Iterable[bytes]) -> int:
    """Bytes in all."""
    return sum(map(len, parts))


def _head(boundary: str, place: str, kind: str = "") -> bytes:
    lines = [f"--{boundary}", f"Content-Disposition: form-data; {place}"]
    if kind:
        lines.append(f"Content-Type: {kind}")
    return "\r\n".join([*lines, "", ""]).encode()


def _quoted(name: str) -> str:
    """The name as browsers write it, so that it cannot end its place.

    Source: https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data
    """
    return name.translate(_ESCAPES)
