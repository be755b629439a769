"""Finds what is Markdown typed on purpose, by markdown-it-py's own rules.

They only have to tell where it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it.rules_inline import StateInline, autolink, backtick, image, link
from markdown_it.rules_inline.emphasis import tokenize as emphasis
from markdown_it.rules_inline.strikethrough import tokenize as strikethrough
from markdown_it.token import Token

from bot.domain.markdown import meaning
from bot.domain.markdown.constructs import Construct
from bot.domain.markdown.literal import LiteralMarkdown
from bot.domain.markdown.meaning import CODE, STRIKE, STRONG

_HTTP = re.compile(r"https?://", re.IGNORECASE)
# Where the two characters of a mark begin and end, counted from its token: of a double asterisk
# markdown-it-py turns the inner one into the token.
_OPENERS = {"strong_open": (-1, 1), "s_open": (0, 2)}
_CLOSERS = {"strong_close": (STRONG, 0, 2), "s_close": (STRIKE, 0, 2)}


class _Recorder(StateInline):
    """Inline state that keeps what the rules found, with its place."""

    found: list[Construct]
    places: dict[int, int]  # of the tokens that may become delimiters, by identity


_Rule = Callable[[StateInline, bool], bool]


def find(text: str) -> list[Construct]:
    """The constructs in the text, outer ones first, in their order; line breaks are blanks."""
    state = _Recorder(text, _LIMITED, {}, [])
    state.found, state.places = [], {}
    _LIMITED.inline.tokenize(state)
    for rule in _LIMITED.inline.ruler2.getRules(""):
        rule(state)
    found = state.found + _pairs(state)
    return sorted(found, key=lambda c: (c.start, -c.end))


def _pairs(state: _Recorder) -> list[Construct]:
    pairs: list[Construct] = []
    opened: list[tuple[int, int]] = []
    for token in state.tokens:
        at = state.places.get(id(token), -1)
        if token.type in _OPENERS:
            before, after = _OPENERS[token.type]
            opened.append((at + before, at + after))
        elif token.type in _CLOSERS:
            format_, before, after = _CLOSERS[token.type]
            start, inner = opened.pop()
            pairs.append(Construct(start, at + after, inner, at + before, format_))
    return [p for p in pairs if _is_meant(state.src, p)]


def _is_meant(text: str, pair: Construct) -> bool:
    """Whether the pair is `**` or `~~`, and of tildes no part of a longer run."""
    mark = text[pair.start]
    beside = (pair.start - 1, pair.inner_start, pair.inner_end - 1, pair.end)
    return mark == "*" or (mark == "~" and not any(text[at : at + 1] == "~" for at in beside))


def _recording(rule: _Rule, note: Callable[[_Recorder, int, list[Token]], None]) -> _Rule:
    def recorded(state: StateInline, silent: bool) -> bool:
        start, count = state.pos, len(state.tokens)
        applied = rule(state, silent)
        if applied and not silent and isinstance(state, _Recorder):
            note(state, start, state.tokens[count:])
        return applied

    return recorded


def _note_code(state: _Recorder, start: int, tokens: list[Token]) -> None:
    if tokens and tokens[-1].type == "code_inline":
        shown = tokens[-1].content
        state.found.append(Construct(start, state.pos, start, state.pos, CODE, shown))


def _note_autolink(state: _Recorder, start: int, tokens: list[Token]) -> None:
    address = state.src[start + 1 : state.pos - 1]
    if _HTTP.match(address):
        format_ = meaning.link(tokens[-3])
        state.found.append(Construct(start, state.pos, start, state.pos, format_, address))


def _note_image(state: _Recorder, start: int, tokens: list[Token]) -> None:
    format_, shown = meaning.image(tokens[-1]), meaning.alt_text(tokens[-1])
    state.found.append(Construct(start, state.pos, start, state.pos, format_, shown))


def _note_link(state: _Recorder, start: int, tokens: list[Token]) -> None:
    opening = next(token for token in tokens if token.type == "link_open")
    end = state.pos
    label_end = state.md.helpers.parseLinkLabel(state, start, True)
    state.pos = end
    if opening.attrs["href"] and state.src[start + 1 : label_end].strip():
        format_ = meaning.link(opening)
        state.found.append(Construct(start, end, start + 1, label_end, format_))


def _note_delimiters(state: _Recorder, start: int, tokens: list[Token]) -> None:
    at = state.pos
    for token in reversed(tokens):
        at -= len(token.content)
        if at < start:
            break  # the text before, which the first delimiter flushed
        state.places[id(token)] = at


def _limited() -> LiteralMarkdown:
    parser = LiteralMarkdown("zero")
    parser.enable(["backticks", "strikethrough", "emphasis", "link", "image", "autolink"])
    parser.inline.ruler.at("backticks", _recording(backtick, _note_code))
    parser.inline.ruler.at("strikethrough", _recording(strikethrough, _note_delimiters))
    parser.inline.ruler.at("emphasis", _recording(emphasis, _note_delimiters))
    parser.inline.ruler.at("link", _recording(link, _note_link))
    parser.inline.ruler.at("image", _recording(image, _note_image))
    parser.inline.ruler.at("autolink", _recording(autolink, _note_autolink))
    parser.inline.ruler2.disable("fragments_join")
    return parser


_LIMITED = _limited()
