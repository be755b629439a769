"""What Markdown says: its visible characters, and how each of them is formatted.

Read by markdown-it-py as CommonMark 0.31 with strikethrough. Tables are read as well, so that
text which another program would take for one is noticed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token

Format = tuple[str, ...]
Run = tuple[str, frozenset[Format]]
Meaning = tuple[Run, ...]

STRONG: Format = ("strong",)
EMPHASIS: Format = ("em",)
STRIKE: Format = ("del",)
UNDERLINE: Format = ("u",)
CODE: Format = ("code",)

_TAG = re.compile(r"<(/?)(strong|em|del|u)>")
_ANY_TAG = re.compile(r"<!--.*?-->|<[^<>]*>", re.DOTALL)
# Beginnings of lines that other parsers take for HTML or for a heading's or a list's mark, where
# CommonMark asks for a letter (4.6) or an ASCII blank (4.2, 5.2): never left without an escape.
_LOOSELY_READ = re.compile(r"^(?:<[!?]|(?:#{1,6}|[-+*]|\d{1,9}[.)])[^\S \t\n])", re.MULTILINE)
_BLANK = re.compile(r"(\s+)")
_OPENING = {"strong_open": STRONG, "em_open": EMPHASIS, "s_open": STRIKE}
_CLOSING = {"strong_close": STRONG, "em_close": EMPHASIS, "s_close": STRIKE}


@dataclass(frozen=True, slots=True)
class Frame:
    """A place for inline Markdown in a document: what stands around it, and what must be read.

    `types` are the block tokens of the whole document, `at` which of them is the inline one;
    `around` are the contents of the other inline ones, in their order.
    """

    before: str
    after: str
    types: tuple[str, ...]
    at: int
    around: tuple[str, ...]

    def meaning(self, source: str) -> Meaning | None:
        """What the source says there; None where it is not exactly the one block it should be."""
        if _LOOSELY_READ.search(source):
            return None
        tokens = _tokens(f"{self.before}{source}{self.after}")
        if tuple(token.type for token in tokens) != self.types:
            return None
        others = (t.content for n, t in enumerate(tokens) if t.type == "inline" and n != self.at)
        if tuple(others) != self.around:
            return None
        return _of_tokens(tokens[self.at].children or ())


def _types(shape: str) -> tuple[str, ...]:
    names: list[str] = []
    for word in shape.split():
        name, _, end = word.partition("/")
        names += [f"{name}_{end}"] if end else [name]
    return tuple(names)


_PARAGRAPH = "paragraph/open inline paragraph/close "
_HEADING = "heading/open inline heading/close "
_ITEM = f"list_item/open {_PARAGRAPH} list_item/close "

ITEM = Frame(
    "1. ",
    "\n2. after\n",
    _types(f"ordered_list/open {_ITEM} {_ITEM} ordered_list/close"),
    at=3,
    around=("after",),
)
PARAGRAPH = Frame(
    "# before\n\n",
    "\n\n1. after\n",
    _types(f"{_HEADING} {_PARAGRAPH} ordered_list/open {_ITEM} ordered_list/close"),
    at=4,
    around=("before", "after"),
)
HEADING = Frame("# ", "\n\nafter\n", _types(_HEADING + _PARAGRAPH), at=1, around=("after",))
CAPTION = Frame(
    "before\n\n![", "](path)\n\nafter\n", _types(_PARAGRAPH * 3), at=4, around=("before", "after")
)


def of_runs(runs: Iterable[Run]) -> Meaning:
    """The runs in one normal form: neighbours with the same formats joined, none empty.

    A blank shows nothing but code and what it belongs to, so its other formats do not count.
    """
    joined: list[Run] = []
    for text, formats in runs:
        for part in _BLANK.split(text):
            if not part:
                continue
            seen = formats & {CODE} if part.isspace() else formats
            if joined and joined[-1][1] == seen:
                joined[-1] = (joined[-1][0] + part, seen)
            else:
                joined.append((part, seen))
    return tuple(joined)


def image_of(caption: str) -> Meaning:
    """What `![caption](path)` says in the CAPTION frame, where the caption is plain text."""
    return of_runs([(caption, frozenset({("image", "path", "", "plain")}))])


def plain_text(source: str) -> str:
    """The visible characters of Markdown, blocks divided by LF, an image as its alt text."""
    lines: list[str] = []
    for token in _tokens(source):
        if token.type == "inline":
            lines.append("".join(text for text, _ in _of_tokens(token.children or ())))
        elif token.type in ("fence", "code_block"):
            lines.append(token.content.rstrip("\n"))
        elif token.type == "html_block":
            lines.append(_ANY_TAG.sub("", token.content).strip("\n"))
    return "\n".join(line for line in lines if line)


def _tokens(source: str) -> list[Token]:
    # When needed: an idle bot does without the library.
    from bot.domain.markdown.literal import READER

    return READER.parse(source)


def _of_tokens(tokens: Sequence[Token]) -> Meaning:
    runs: list[Run] = []
    formats: list[Format] = []
    for token in tokens:
        if token.type in _OPENING:
            formats.append(_OPENING[token.type])
        elif token.type in _CLOSING:
            formats.remove(_CLOSING[token.type])
        elif token.type == "link_open":
            formats.append(link(token))
        elif token.type == "link_close":
            formats.remove(next(f for f in reversed(formats) if f[0] == "link"))
        elif token.type == "html_inline":
            tag = _TAG.fullmatch(token.content)
            if tag is not None and not tag[1]:
                formats.append((tag[2],))
            elif tag is not None and (tag[2],) in formats:
                formats.remove((tag[2],))
        else:
            runs.append(_leaf(token, frozenset(formats)))
    return of_runs(runs)


def _leaf(token: Token, formats: frozenset[Format]) -> Run:
    match token.type:
        case "code_inline":
            return token.content, formats | {CODE}
        case "softbreak" | "hardbreak":
            return "\n", formats
        case "image":
            return alt_text(token), formats | {image(token)}
    return token.content, formats


def link(token: Token) -> Format:
    """The format of what a link token opens."""
    return ("link", str(token.attrs["href"]), str(token.attrs.get("title", "")))


def image(token: Token) -> Format:
    """The format of an image token's alt text; it tells whether that is plain."""
    plain = all(child.type in ("text", "softbreak") for child in token.children or ())
    title = str(token.attrs.get("title", ""))
    return ("image", str(token.attrs["src"]), title, "plain" if plain else "formatted")


def alt_text(token: Token) -> str:
    """The alt text of an image token: the visible characters of its caption."""
    return "".join(text for text, _ in _of_tokens(token.children or ()))
