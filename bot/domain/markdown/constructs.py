"""The Markdown a person typed on purpose: code, links, autolinks, pictures, `**bold**`, `~~gone~~`.

The rest of CommonMark is more often typed by accident (`a*b*c`, `_x_`, `<b>`, `&lt;`), so it
stays text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.domain.markdown.meaning import Format

_ANY = re.compile(r"`|\]\(|<https?:|\*\*|~~", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Construct:
    """Typed Markdown on `text[start:end]`, of which `text[inner_start:inner_end]` is its content.

    Where `shown` is None the content is text again, else `shown` is what a reader sees of it.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    format: Format
    shown: str | None = None


def typed(text: str) -> list[Construct]:
    """The constructs in the text, outer ones first, in their order; line breaks are blanks."""
    if _ANY.search(text) is None:
        return []
    # When needed: an idle bot does without the library that it uses.
    from bot.domain.markdown.typed import find

    return find(text)
