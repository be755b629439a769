"""What two readers make of Markdown with links, flat, so that it can be compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import marko
from markdown_it import MarkdownIt
from markdown_it.token import Token
from marko import block, element, inline

_READER = MarkdownIt("commonmark").enable("strikethrough")


@dataclass(frozen=True, slots=True)
class Bare:
    """An autolink that is not in a link."""

    href: str


@dataclass(frozen=True, slots=True)
class LinkStart:
    """Where a link begins that is no autolink."""

    href: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """Plain text."""

    text: str


@dataclass(frozen=True, slots=True)
class Tag:
    """Whatever else there is: where it begins, where it ends, or all of it."""

    name: str
    details: tuple[str, ...] = ()


Event = Bare | LinkStart | Text | Tag

_LINK_END = Tag("/link")


def seen_by_markdown_it(source: str) -> list[Event]:
    """The source as markdown-it reads it."""
    return _joined(_of_tokens(_READER.parse(source)))


def seen_by_marko(source: str) -> list[Event]:
    """The source as marko reads it."""
    return _joined(_of_element(marko.parse(source), linked=False))


def untitled(after: Sequence[Event], before: Sequence[Event], title: str) -> list[Event]:
    """What is seen after, with the title taken back where there was an autolink before."""
    events: list[Event] = []
    at = 0
    while at < len(after):
        event = before[len(events)] if len(events) < len(before) else None
        is_titled = isinstance(event, Bare) and [*after[at : at + 3]] == [
            LinkStart(event.href),
            Text(title),
            _LINK_END,
        ]
        events.append(event if is_titled and event is not None else after[at])
        at += 3 if is_titled else 1
    return events


def _joined(events: Iterable[Event]) -> list[Event]:
    joined: list[Event] = []
    for event in events:
        if isinstance(event, Text) and joined and isinstance(joined[-1], Text):
            joined[-1] = Text(joined[-1].text + event.text)
        elif event != Text(""):
            joined.append(event)
    return joined


def _of_tokens(tokens: Iterable[Token]) -> Iterator[Event]:
    depth, is_bare = 0, False
    for token in tokens:
        if token.type == "link_close" and token.markup == "autolink" and is_bare:
            is_bare = False
        elif is_bare:
            continue
        elif token.type == "inline":
            yield from _of_tokens(token.children or ())
        elif token.type == "link_open" and token.markup == "autolink" and depth == 0:
            is_bare = True
            yield Bare(str(token.attrs["href"]))
        elif token.type == "link_open":
            depth += 1
            yield LinkStart(str(token.attrs["href"]), str(token.attrs.get("title", "")))
        elif token.type == "link_close":
            depth -= 1
            yield _LINK_END
        elif token.type == "text":
            yield Text(token.content)
        else:
            if token.type == "html_inline":
                depth += token.content.startswith("<a ") - (token.content == "</a>")
            yield Tag(token.type, (token.content, token.info, str(token.attrs), str(token.hidden)))


def _of_element(node: element.Element | str, *, linked: bool) -> Iterator[Event]:
    children = getattr(node, "children", "")
    if isinstance(node, inline.AutoLink) and not linked:
        yield Bare(marko.HTMLRenderer.escape_url(node.dest))
    elif isinstance(node, inline.Link):
        yield LinkStart(marko.HTMLRenderer.escape_url(node.dest), node.title or "")
        for child in children:
            yield from _of_element(child, linked=True)
        yield _LINK_END
    elif isinstance(node, inline.RawText | inline.Literal):
        yield Text(str(children))
    elif isinstance(children, str):
        yield Tag(type(node).__name__, (children,))
    else:
        is_tight = isinstance(node, block.List) and node.tight
        yield Tag(type(node).__name__, (str(is_tight),))
        for child in children:
            yield from _of_element(child, linked=linked)
        yield Tag(f"/{type(node).__name__}")
