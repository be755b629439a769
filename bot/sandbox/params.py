"""The parameters of one Bot API call, typed as they are read.

Libraries send numbers and objects as text in a form, or typed in JSON: both mean the same.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any, Final

from bot.sandbox.errors import refused
from bot.sandbox.formatting import Formatted, checked, kept_by_server
from bot.sandbox.markup_html import parse_html
from bot.sandbox.markup_markdown import parse_markdown, parse_markdown_v2

_PARSERS: Final = {
    "html": parse_html,
    "markdown": parse_markdown,
    "markdownv2": parse_markdown_v2,
}
_NUMBERS: Final = frozenset(
    {"chat_id", "from_chat_id", "message_id", "user_id", "offset", "limit", "timeout"}
)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a call."""

    name: str
    mime_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Params:
    """The parameters by name, and the files by the name of their form field."""

    values: dict[str, Any]
    uploads: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A string, empty where there is none."""
        value = self.values.get(name)
        if value is None or isinstance(value, str):
            return value or ""
        return json.dumps(value)

    def number(self, name: str, default: int = 0) -> int:
        """A whole number; ApiError (400) where it is something else."""
        value = self.values.get(name)
        if value is None or value == "":
            return default
        try:
            return int(value)
        except (TypeError, ValueError):
            raise refused(f'parameter "{name}" must be of type Number') from None

    def flag(self, name: str) -> bool:
        """A truth value in any of the spellings the Bot API takes."""
        return str(self.values.get(name, "")).lower() in {"true", "1", "yes"}

    def document(self, name: str) -> Any:
        """A JSON value, None where there is none; ApiError (400) where it cannot be read."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise refused(f"can't parse {name.replace('_', ' ')} JSON object") from None

    def formatted(self, name: str, entities_name: str) -> Formatted:
        """The text with its entities, from a parse mode or as given; ApiError (400) as Telegram."""
        return formatted(
            self.text(name), self.text("parse_mode"), lambda: self.document(entities_name)
        )

    def decoded(self) -> dict[str, Any]:
        """The parameters for a reader: numbers as numbers, JSON as values, files by their size."""
        shown: dict[str, Any] = {}
        for name, value in self.values.items():
            shown[name] = value
            if isinstance(value, str) and (name in _NUMBERS or value[:1] in {"[", "{"}):
                if name in {"text", "caption"}:
                    continue
                try:
                    shown[name] = json.loads(value)
                except ValueError:
                    continue
        for name, upload in self.uploads.items():
            digest = hashlib.sha256(upload.content).hexdigest()
            size = len(upload.content)
            shown[name] = {"file_name": upload.name, "file_size": size, "sha256": digest}
        return shown


def formatted(text: str, parse_mode: str, entities: Any) -> Formatted:
    """Text as the server keeps it; `entities` is asked for only where no parse mode is given."""
    if not parse_mode or parse_mode.lower() == "none":
        return kept_by_server(text, checked(text, entities()))
    parser = _PARSERS.get(parse_mode.lower())
    if parser is None:
        raise refused("unsupported parse_mode")
    return kept_by_server(*parser(text))
