"""markdown-it as it reads text here; imported when there is something to read.

An idle bot does without the library's memory, and starts without its time.
"""

from __future__ import annotations

from markdown_it import MarkdownIt


class LiteralMarkdown(MarkdownIt):
    """markdown-it that leaves addresses as they are written, and accepts all of them."""

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 -- overridden
        """True."""
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802 -- overridden
        """The address itself."""
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802 -- overridden
        """The address itself."""
        return link


READER = LiteralMarkdown("commonmark").enable(["strikethrough", "table"])
