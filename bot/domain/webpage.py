"""A report as one page for the browser, which needs nothing beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import TYPE_CHECKING, Final

from bot.domain.local_pictures import local_path

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

# Scripts run nowhere on the page, whatever a report holds; pictures may be on the web.
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src data: http: https:"

_STYLE: Final = """\
:root { color-scheme: light dark; --ink: #1f2328; --paper: #fffdf9; --faint: #6b7280;
    --line: #e5e1d8; --link: #0b61a4; }
@media (prefers-color-scheme: dark) {
    :root { --ink: #e6e3dc; --paper: #17181a; --faint: #9aa0a6; --line: #34363a; --link: #7ab8f5; }
}
body { margin: 0 auto; max-width: 42rem; padding: 2rem 1.25rem 4rem; color: var(--ink);
    background: var(--paper); font: 1.0625rem/1.75 system-ui, "PingFang SC", "Hiragino Sans GB",
    "Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei", sans-serif; overflow-wrap: break-word; }
h1, h2, h3 { line-height: 1.3; margin: 2.2em 0 .6em; }
h1 { font-size: 1.9rem; margin-top: .5em; }
h2 { font-size: 1.35rem; padding-bottom: .3em; border-bottom: 1px solid var(--line); }
ol, ul { padding-left: 1.7em; }
li { margin: .3em 0; }
li::marker { color: var(--faint); }
a { color: var(--link); text-underline-offset: .2em; }
figure { margin: 1.6em 0; text-align: center; }
img { max-width: 100%; max-height: 90vh; border-radius: .5rem; }
figcaption { color: var(--faint); font-size: .9rem; margin-top: .4em; }
blockquote { margin: 1em 0; padding: 0 1em; border-left: .25em solid var(--line);
    color: var(--faint); }
code { font: .9em ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace; }
:not(pre) > code { background: color-mix(in srgb, var(--ink) 8%, transparent);
    padding: .15em .35em; border-radius: .3em; }
pre { overflow-x: auto; padding: 1em; border: 1px solid var(--line); border-radius: .5rem; }
table { border-collapse: collapse; }
th, td { border: 1px solid var(--line); padding: .3em .7em; }
@media print { body { max-width: none; padding: 0; } figure { break-inside: avoid; } }
"""

_DEEPEST: Final = 100
_BREAKS: Final = {"softbreak": " ", "hardbreak": " "}


def webpage(markdown: str, *, title: str, language: str, pictures: Mapping[str, str]) -> str:
    """The page (HTML, UTF-8) that shows the report; the same for the same report.

    `pictures` has the addresses, such as `data:` ones, to show for local paths (`local_path`); of
    a picture that is not among them its caption is shown. HTML in the report is shown as it was
    typed, and scripts in links are none.
    """
    lang = {"zh": "zh-CN"}.get(language, language)
    return (
        f'<!doctype html>\n<html lang="{escape(lang)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{_STYLE}</style>\n</head>\n<body>\n"
        f"{_body(markdown, pictures)}</body>\n</html>\n"
    )


def _body(markdown: str, pictures: Mapping[str, str]) -> str:
    parser = _parser()
    try:
        tokens = parser.parse(markdown)
        if all(token.level < _DEEPEST - 1 for token in tokens):
            _place(tokens, pictures)
            return str(parser.renderer.render(tokens, parser.options, {}))
    except RecursionError:
        pass
    # Nested more deeply than parser or interpreter go: nothing is to be lost.
    return f"<pre>{escape(markdown)}</pre>\n"


def _place(tokens: list[Token], pictures: Mapping[str, str]) -> None:
    """Pictures get their addresses, one alone in its paragraph its caption, links their safety."""
    for index, token in enumerate(tokens):
        children = token.children or []
        for child in children:
            if child.type == "image":
                _show(child, pictures)
            elif child.type == "link_open":
                child.attrSet("rel", "noopener noreferrer")
        if len(children) == 1 and children[0].type == "image":
            tokens[index - 1].tag = tokens[index + 1].tag = "figure"
            if caption := _words(children[0].children or ()):
                token.children = [*children, _html(f"\n<figcaption>{escape(caption)}</figcaption>")]


def _show(image: Token, pictures: Mapping[str, str]) -> None:
    path = local_path(str(image.attrs["src"]))
    if path is None:
        return
    if path in pictures:
        image.attrSet("src", pictures[path])
    else:
        image.type, image.tag, image.content = "text", "", f"🖼 {_words(image.children or ())}"


def _words(tokens: Iterable[Token]) -> str:
    return "".join(
        _words(token.children) if token.children else token.content or _BREAKS.get(token.type, "")
        for token in tokens
    )


def _html(source: str) -> Token:
    from markdown_it.token import Token

    return Token("html_inline", "", 0, content=source)


def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": _DEEPEST})
    return parser.enable(["strikethrough", "table"]).disable("reference")
