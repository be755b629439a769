"""Template marks in a report's text, written so that a site generator shows them as they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from bot.domain.commonmark import parser

_LIQUID = re.compile(r"\{[{%]")
_SHORTCODE = re.compile(r"\{\{[<%]")
_CLOSING = {"{{<": ">}}", "{{%": "%}}"}
_ZERO_WIDTH_SPACE = "\u200b"

_Place = tuple[int, int]


def for_jekyll(markdown: str) -> str:
    """The Markdown with each `{{` and `{%` as Liquid's raw text.

    Liquid runs before Markdown and knows nothing of code, so code needs it as much as words do.
    Only the mark itself is enclosed: an `{% endraw %}` in the text cannot end what is around it,
    and an excerpt cut off after the first paragraph stays whole.
    Source: https://jekyllrb.com/docs/liquid/tags/
    """
    return _LIQUID.sub(lambda mark: f"{{% raw %}}{mark[0]}{{% endraw %}}", markdown)


def for_hugo(markdown: str) -> str:
    """The Markdown with its shortcodes, `{{< … >}}` and `{{% … %}}`, as Hugo's escaped ones.

    Hugo looks for them before it reads Markdown, in code too. An opening mark that is never
    closed has no such form. It is parted by a backslash where Markdown shows the same then, and
    else, as in code, by an invisible blank (U+200B).
    Source: https://gohugo.io/content-management/shortcodes/
    """
    closed, open_for_good = _shortcodes(markdown)
    parting = "\\"
    if open_for_good:
        parted = _rewritten(markdown, open_for_good, lambda _: "{\\{")
        render = parser().render
        if render(parted) != render(markdown):
            parting = _ZERO_WIDTH_SPACE

    def escaped(code: str) -> str:
        if len(code) == len("{{"):
            return f"{{{parting}{{"
        return f"{code[:3]}/*{code[3:-3]}*/{code[-3:]}"

    return _rewritten(markdown, sorted([*closed, *open_for_good]), escaped)


def _shortcodes(markdown: str) -> tuple[list[_Place], list[_Place]]:
    """Where shortcodes stand, and where the braces that begin one which never ends."""
    closed: list[_Place] = []
    open_for_good: list[_Place] = []
    unclosed: set[str] = set()
    at = 0
    while mark := _SHORTCODE.search(markdown, at):
        # One that is not closed here is not closed further on: no need to look again.
        end = -1 if mark[0] in unclosed else markdown.find(_CLOSING[mark[0]], mark.end())
        if end < 0:
            unclosed.add(mark[0])
            at = mark.start() + 2
            open_for_good.append((mark.start(), at))
        else:
            at = end + 3
            closed.append((mark.start(), at))
    return closed, open_for_good


def _rewritten(text: str, places: Sequence[_Place], write: Callable[[str], str]) -> str:
    """The text with what stands at the places, in their order, written anew."""
    done: list[str] = []
    at = 0
    for start, end in places:
        done += text[at:start], write(text[start:end])
        at = end
    return "".join(done) + text[at:]
