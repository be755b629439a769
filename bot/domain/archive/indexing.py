"""Index pages: a year's reports as a numbered list of links, as authors keep it by hand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from bot.domain.journal import Language
from bot.domain.markdown import plain_text
from bot.domain.week import IsoWeek

_HEADINGS = {"zh": "{year} 年", "en": "{year}"}
FOLDER: Final = "index/"

_NAME = re.compile(r"(?:.*/)?\d{4}\.md\Z")
_LINK = re.compile(r"\d+\. \[.*\]\(\.\./\d{4}-W\d{2}\.md\)\Z")
_SPECIAL = re.compile(r"([\\`*_\[\]<>&!~|])")


def index_page(year: int, language: Language, reports: Iterable[tuple[str, IsoWeek]]) -> str:
    """The page that links to the reports of a year, titles and weeks, in their order.

    It lies in a folder beside them. Titles are Markdown; a week without one is called by its key.
    """
    lines = [
        f"{number}. [{_label(title) or week}](../{week}.md)"
        for number, (title, week) in enumerate(reports, 1)
    ]
    return "\n".join([f"# {_HEADINGS[language].format(year=year)}", "", *lines, ""])


def is_index(name: str, text: str) -> bool:
    """Whether a file is such a page: named by a year, with nothing but links below its heading."""
    if not _NAME.match(name):
        return False
    heading, *lines = [line for line in text.split("\n") if line] or [""]
    return heading.startswith("# ") and bool(lines) and all(map(_LINK.match, lines))


def _label(title: str) -> str:
    plain = " ".join(plain_text(f"# {title}").split()) if title else ""
    return _SPECIAL.sub(r"\\\1", plain)
