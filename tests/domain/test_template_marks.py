"""Template marks in a report, as Jekyll and Hugo read what the filters have written."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.templates.marks import for_hugo, for_jekyll

_BRACES = "{ } {{ }} {% %} {{< >}} {{% %}} /* */"
_PIECES = st.lists(
    st.sampled_from(["{% raw %}", "{% endraw %}", "周报", *_BRACES.split(" "), *"<>%`\\\n "]),
    max_size=12,
).map("".join)
_PARTS = re.compile(r"(?<=\{)[\\\u200b](?=\{[<%])")


def _as_liquid_shows(source: str) -> str:
    """The text after Liquid 4's tokeniser and its raw tag; raises where anything else is met."""
    tokens = re.split(r"(\{%.*?%\}|\{\{.*?\}\}?|\{\{|\{%)", source, flags=re.DOTALL)
    shown: list[str] = []
    raw = False
    for token in tokens:
        ended = re.fullmatch(r"(.*)\{%-?\s*(\w+)\s*(.*)?-?%\}", token, re.DOTALL)
        if raw and ended and ended[2] == "endraw":
            shown.append(ended[1])
            raw = False
        elif not raw and re.fullmatch(r"\{%\s*raw\s*%\}", token):
            raw = True
        else:
            assert raw or not token.startswith(("{{", "{%")), token
            shown.append(token)
    assert not raw
    return "".join(shown)


def _as_hugo_shows(source: str) -> str:
    """The text after Hugo's lexer of pages; raises at a shortcode that is not escaped."""
    shown: list[str] = []
    at = 0
    while mark := re.compile(r"\{\{[<%]").search(source, at):
        closing = ">}}" if mark[0] == "{{<" else "%}}"
        assert source.startswith("/*", mark.end()), source[mark.start() :]
        end = source.find(f"*/{closing}", mark.end())
        assert end > mark.end() + 1
        shown += source[at : mark.end()], source[mark.end() + 2 : end], closing
        at = end + len(f"*/{closing}")
    return "".join(shown) + source[at:]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("没有", "没有"),
        ("{ x } {# y #} { {", "{ x } {# y #} { {"),
        ("`{{ x }}`", "`{% raw %}{{{% endraw %} x }}`"),
        ("{% endraw %}", "{% raw %}{%{% endraw %} endraw %}"),
        ("{{{", "{% raw %}{{{% endraw %}{"),
        ("{{%", "{% raw %}{{{% endraw %}%"),
    ],
)
def test_marks_of_liquid(typed: str, written: str) -> None:
    """Only the two characters of a mark are enclosed, in code as elsewhere."""
    assert for_jekyll(typed) == written


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("没有", "没有"),
        ("{{ .Title }} {% x %}", "{{ .Title }} {% x %}"),
        ('{{< ref "a" >}}', '{{</* ref "a" */>}}'),
        ("`{{% a %}}`", "`{{%/* a */%}}`"),
        ("{{</* a */>}}", "{{</*/* a */*/>}}"),
        ("{{<>}} {{%%}}", "{{</**/>}} {{%/**/%}}"),
        ("{{< a {{< b >}} c >}}", "{{</* a {{< b */>}} c >}}"),
        ("{{{< a >}}}", "{{{</* a */>}}}"),
        ("{{% a >}} {{< b >}}", "{\\{% a >}} {{</* b */>}}"),
        ("开 {{< a", "开 {\\{< a"),
        ("`{{< a`", "`{\u200b{< a`"),
    ],
)
def test_marks_of_hugo(typed: str, written: str) -> None:
    """Shortcodes are written as escaped ones; an opening without an end is parted."""
    assert for_hugo(typed) == written


@given(_PIECES)
def test_jekyll_shows_what_was_typed(typed: str) -> None:
    """Liquid finds nothing to do and gives the text back."""
    assert _as_liquid_shows(for_jekyll(typed)) == typed


@given(_PIECES)
def test_hugo_shows_what_was_typed(typed: str) -> None:
    """Hugo finds no shortcode and gives the text back, opening marks without an end parted."""
    shown = _as_hugo_shows(for_hugo(typed))
    assert _PARTS.sub("", shown) == _PARTS.sub("", typed)


def test_marks_without_number_take_no_time() -> None:
    """Ten thousand marks that are never closed are looked through once."""
    assert for_hugo("{{< " * 10_000).count("\\") == 10_000
    assert for_jekyll("{{ " * 10_000).count("endraw") == 10_000
