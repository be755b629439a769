"""The commands of a page for people, in its order and under its headings."""

from __future__ import annotations

import re
from pathlib import Path

from tests.deploy.dockerfile import ROOT

PAGE = ROOT / "deploy" / "README.md"


def commands_under(heading: str, page: Path = PAGE) -> list[list[str]]:
    """The commands of each fenced block between that heading and the next. Raises LookupError."""
    text = page.read_text(encoding="utf-8")
    parts = re.split(r"^#+ (.+)\n", text, flags=re.MULTILINE)
    for title, body in zip(parts[1::2], parts[2::2], strict=True):
        if title == heading:
            blocks = re.findall(r"^```sh\n(.*?)^```$", body, re.DOTALL | re.MULTILINE)
            return [re.sub(r"\\\n\s*", "", block).splitlines() for block in blocks]
    raise LookupError(f"{page}: no heading {heading!r}")
