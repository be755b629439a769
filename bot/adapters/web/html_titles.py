"""What a page's HTML says its title is."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

# What is looked at of each kind: a page that repeats itself thousands of times gets no more.
_FIRST = 8
_DECLARED_WITHIN = 4096  # bytes
_LONGEST = 8192  # characters of a tag or a title

_OPENING = re.compile(
    r"<(?:(?P<comment>!--)|(?P<closing>/?)(?P<name>[a-z][^\s/>]*)|[!?/])", re.IGNORECASE
)
_COMMENT_END = re.compile(r"--!?>")
_TAG_END = re.compile(r">")
_TAG_STEP = re.compile(r">|=\s*(?P<quote>[\"'])")
# Elements that have text in them and no tags.
_TEXT_ENDS = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("title", "script", "style", "textarea", "xmp", "iframe", "noembed", "noframes")
}

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([^\s\"';,>/]{1,40})", re.IGNORECASE)
_META = re.compile(rb"<meta\s[^>]*>", re.IGNORECASE)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# Browsers take these for the larger ones that contain them.
_LARGER = {
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
# Only these, for Python knows others under which a page can keep it busy (punycode, idna).
_CHARSETS = frozenset(
    {
        *("ascii", "utf-8", "utf-16-le", "utf-16-be", "gb18030", "big5hkscs"),
        *("cp932", "euc_jp", "iso2022_jp", "cp949", "koi8-r", "koi8-u", "tis-620", "cp874"),
        *(f"cp{number}" for number in range(1250, 1259)),
        *(f"iso8859-{number}" for number in (*range(2, 9), 10, 11, 13, 14, 15, 16)),
    }
)


def title_candidates(body: bytes, content_type: str) -> list[str]:
    """The titles that an HTML page gives itself, the best first; some may be empty.

    `og:title` comes before `<title>`. The body may end anywhere; `content_type` is the header's
    value. Entities are decoded.
    """
    # Imported here for it costs memory and time at the start, and not every journal wants titles.
    from selectolax.lexbor import LexborHTMLParser

    # Only the pieces that matter: of a whole page of one MiB, made for it, lexbor builds a tree
    # for minutes or until the memory is gone, and nothing can stop it.
    pieces = "".join(_pieces(decoded(body, content_type)))
    page = LexborHTMLParser(f"<!doctype html><head>{pieces}".encode("utf-8", "replace"))
    graph = page.css('meta[property="og:title" i], meta[name="og:title" i]')
    return [
        *(node.attributes.get("content") or "" for node in graph),
        *(node.text() for node in page.css("title")),
    ]


def _pieces(text: str) -> Iterator[str]:
    """The HTML of the first titles and `og:title`s of a page, in one pass from its beginning.

    A title within an SVG is that of a picture. One in the body counts: pages with a fault in
    their head, and some large sites, have theirs there.
    """
    titles = graph = drawing = at = 0
    while (titles < _FIRST or graph < _FIRST) and (opening := _OPENING.search(text, at)):
        name = opening["name"]
        if name is None:
            end = _COMMENT_END if opening["comment"] else _TAG_END
            # Two characters on, for `<!-->` is a whole comment.
            at = _end(end, text, opening.start() + 2)
            continue
        name, is_closing = name.lower(), bool(opening["closing"])
        at = _tag_end(text, opening.end())
        tag = text[opening.start() : at]
        if name == "svg" and not tag.endswith("/>"):
            drawing = max(0, drawing - 1) if is_closing else drawing + 1
        elif is_closing:
            continue
        elif name == "meta" and graph < _FIRST and len(tag) <= _LONGEST:
            if "og:title" in tag.lower():
                graph += 1
                yield tag
        elif name in _TEXT_ENDS:
            closing = _TEXT_ENDS[name].search(text, at)
            inside = slice(at, closing.start() if closing else len(text))
            at = closing.end() if closing else len(text)
            if name == "title" and not drawing and titles < _FIRST:
                titles += 1
                yield f"<title>{text[inside][:_LONGEST]}</title>"


def _tag_end(text: str, at: int) -> int:
    """Where the tag ends that `at` is in; a `>` within a quoted value does not end it."""
    while match := _TAG_STEP.search(text, at):
        quote = match["quote"]
        if quote is None:
            return match.end()
        at = text.find(quote, match.end()) + 1
        if not at:
            break
    return len(text)


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.search(text, at)
    return match.end() if match else len(text)


def decoded(body: bytes, content_type: str) -> str:
    """The body as text, by what it or its header declares, else as UTF-8, else as GB 18030.

    A declaration that is unknown or wrong counts as none. A character cut off at the end is left
    out; where no charset fits, what does not fit is U+FFFD.
    """
    charsets = [*_declared(body, content_type), "utf-8", "gb18030"]
    for charset in charsets:
        try:
            return _decode(body, charset, "strict")
        except UnicodeDecodeError:
            continue
    return _decode(body, charsets[0], "replace")


def _decode(body: bytes, charset: str, errors: str) -> str:
    # An incremental decoder waits for the rest of what is cut off instead of refusing it.
    return codecs.getincrementaldecoder(charset)(errors).decode(body).removeprefix("\ufeff")


def _declared(body: bytes, content_type: str) -> Iterator[str]:
    """The known charsets that a page declares, as Python's codecs, the surest first."""
    for mark, charset in _BOMS:
        if body.startswith(mark):
            yield charset
    if charset := _named(content_type[:_DECLARED_WITHIN]):
        yield charset
    for meta in _META.findall(body[:_DECLARED_WITHIN]):
        if charset := _named(meta.decode("latin-1")):
            # What could be read byte by byte up to here is not UTF-16.
            yield "utf-8" if charset.startswith("utf-16") else charset


def _named(declaration: str) -> str:
    """The codec that a declaration names; empty where it names none that pages may use."""
    match = _CHARSET.search(declaration)
    if match is None:
        return ""
    try:
        name = codecs.lookup(match[1]).name
    except (LookupError, ValueError):
        return ""
    name = "utf-16-le" if name == "utf-16" else _LARGER.get(name, name)
    return name if name in _CHARSETS else ""
