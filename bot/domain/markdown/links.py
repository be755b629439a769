"""Web addresses that Markdown shows bare, and the titles of their pages in their place."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.domain.markdown.addresses import destination
from bot.domain.markdown.autolinks import WRITTEN, Autolink, read_autolinks, reader
from bot.domain.markdown.certain import is_ordinary_but_for
from bot.domain.markdown.emphasis import written
from bot.domain.markdown.escaping import all_punctuation, mildest
from bot.domain.markdown.meaning import ITEM
from bot.domain.markdown.normalising import normalised, on_one_line
from bot.domain.markdown.pieces import Piece, meaning_of
from bot.domain.markdown.tracking import without_tracking
from bot.domain.text import RichText

if TYPE_CHECKING:
    from markdown_it.token import Token

__all__ = ["untitled_links", "with_titles", "without_tracking"]

_PARENTHESIS = re.compile(r"([()])")

# These may pair with others outside the label, name a definition that is not in sight, or be an
# escape to some readers. A bar matters only where a second line may make a table of the first.
_ESCAPED = "`[]\\"
_ESCAPED_IN_LINES = _ESCAPED + "|"

# How often all of a source may be read to find which titles can stand in it.
_TRIES = 32


@dataclass(frozen=True, slots=True)
class _Titled:
    """A titled link for the autolink at an index; its Markdown in forms, mildest first."""

    index: int
    title: str
    forms: tuple[str, str]


def untitled_links(source: str) -> tuple[str, ...]:
    """The http and https addresses that are autolinks in the Markdown, each once, in their order.

    Those in code, in the label of a link or in the alt text of an image are none.
    """
    written = WRITTEN.findall(source)
    if not written:
        return ()
    if is_ordinary_but_for(WRITTEN, source):
        return tuple(dict.fromkeys(address[1:-1] for address in written))
    _, links = read_autolinks(source)
    return tuple(dict.fromkeys(link.address for link in links))


def with_titles(source: str, titles: Mapping[str, str]) -> str:
    """The Markdown with `[title](address)` for each autolink whose address has a title.

    The title shows as itself, on one line. Where it cannot without a change to what stands
    around it (`!<https://…>` would be an image), the autolink stays.
    """
    if not titles:
        return source
    tokens, links = read_autolinks(source)
    escaped = _ESCAPED_IN_LINES if "\n" in source else _ESCAPED
    # Not worth a try: behind a bare exclamation mark a link is an image.
    wanted = [
        titled
        for titled in _titled(links, titles, escaped)
        if not _would_be_image(source[: links[titled.index].start])
    ]
    return _Placing(source, tokens, links).with_as_many(wanted) if wanted else source


def _would_be_image(before: str) -> bool:
    return before.endswith("!") and not before.endswith("\\!")


class _Placing:
    """A source that takes titles for its autolinks, as long as its HTML is what it should be."""

    def __init__(self, source: str, tokens: Sequence[Token], links: Sequence[Autolink]) -> None:
        self._source = source
        self._tokens = tokens
        self._links = links
        self._bare = [link.shown.content for link in links]

    def with_as_many(self, wanted: Sequence[_Titled]) -> str:
        """The source with all of the titles, or else without those that were found to break it."""
        best, placed = self._source, dict[int, tuple[str, str]]()
        groups = [wanted]
        for _ in range(_TRIES):
            if not groups:
                break
            group = groups.pop()
            for form in (0, 1):
                more = placed | {link.index: (link.title, link.forms[form]) for link in group}
                source = self._with(more)
                if reader().render(source) == self._html(more):
                    best, placed = source, more
                    break
            else:
                middle = len(group) // 2
                groups += [group[middle:], group[:middle]] if middle else []
        return best

    def _with(self, placed: Mapping[int, tuple[str, str]]) -> str:
        parts, at = [], 0
        for index, (_, form) in sorted(placed.items()):
            parts += [self._source[at : self._links[index].start], form]
            at = self._links[index].end
        return "".join((*parts, self._source[at:]))

    def _html(self, placed: Mapping[int, tuple[str, str]]) -> str:
        """The HTML of the source as it came, with titles for what those autolinks show."""
        for index, link in enumerate(self._links):
            link.shown.content = placed[index][0] if index in placed else self._bare[index]
        return str(reader().renderer.render(self._tokens, reader().options, {}))


def _titled(
    links: Sequence[Autolink], titles: Mapping[str, str], escaped: str
) -> Iterator[_Titled]:
    """What to write for the autolinks that have a title to show."""
    known: dict[str, tuple[str, tuple[str, str] | None]] = {}
    for index, link in enumerate(links):
        if link.address not in titles:
            continue
        if link.address not in known:
            title = on_one_line(normalised(RichText(titles[link.address]))).text
            known[link.address] = title, _forms(title, link.address, escaped)
        title, forms = known[link.address]
        if forms is not None:
            yield _Titled(index, title, forms)


def _forms(title: str, address: str, escaped: Collection[str]) -> tuple[str, str] | None:
    """`[title](address)` with few escapes and with all; None where there is no such link."""
    target, href = _target(address)
    formats = frozenset({("link", href, "")})
    pieces = [
        Piece(character, formats, f"\\{character}" if character in escaped else "", f"]({target})")
        for character in title
    ]
    mild = mildest(pieces, ITEM, meaning_of(pieces)) if pieces else None
    return None if mild is None else (mild, written(pieces, all_punctuation(pieces)))


def _target(address: str) -> tuple[str, str]:
    """The address as a link's destination and as that is read, each parenthesis as it is."""
    target, href = destination(address)
    if len(_PARENTHESIS.findall(target)) == len(_PARENTHESIS.findall(address)):
        return target, href
    parts = [
        (f"\\{part}", part) if _PARENTHESIS.fullmatch(part) else destination(part)
        for part in _PARENTHESIS.split(address)
    ]
    return "".join(target for target, _ in parts), "".join(href for _, href in parts)
