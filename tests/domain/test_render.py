"""The canonical form: what `render` writes, and what a CommonMark parser reads in it."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from bot.domain.render import render
from bot.domain.report import Item, ItemList, Paragraph, Picture, Report, Section

_WEEK = Report(
    title="2026 年第 1 周周报",
    opening=(Paragraph("新年好"),),
    sections=(
        Section(
            "生活",
            (
                Paragraph("先说两句"),
                ItemList(
                    (Item("花园", (Item("番茄", (Item("蔫了"),)), Item("浇水"))), Item("电影"))
                ),
                Picture("番茄", "a.jpg"),
                Picture("窗台", "https://example.org/b.jpg"),
                Paragraph("差不多这样"),
            ),
        ),
        Section("技术", (ItemList((Item("一段代码\n```sh\nls\n\npwd\n```"),)),)),
    ),
    summary=Section("总结", (Paragraph("下周见"),)),
)


def test_the_canonical_form() -> None:
    """One blank line between blocks, four spaces a level, tight lists, one newline at the end."""
    assert render(_WEEK) == (
        "# 2026 年第 1 周周报\n\n新年好\n\n"
        "## 生活\n\n先说两句\n\n"
        "1. 花园\n    1. 番茄\n        1. 蔫了\n    2. 浇水\n2. 电影\n\n"
        "![番茄](a.jpg)\n\n![窗台](https://example.org/b.jpg)\n\n差不多这样\n\n"
        "## 技术\n\n1. 一段代码\n    ```sh\n    ls\n\n    pwd\n    ```\n\n"
        "## 总结\n\n下周见\n"
    )


def test_a_report_without_a_title_begins_with_its_opening() -> None:
    """No empty heading stands where there is no title."""
    assert render(Report(opening=(Paragraph("最近太累了"),))) == "最近太累了\n"


@pytest.mark.parametrize("count", [9, 10, 99, 100, 101, 1001])
def test_children_stay_below_their_item_however_many_items(count: int) -> None:
    """A parser finds every item's child and grandchild below it, whatever its number's width."""
    items = tuple(
        Item(f"item {n}", (Item(f"child {n}", (Item(f"grandchild {n}"),)),))
        for n in range(1, count + 1)
    )
    (found,) = SyntaxTreeNode(
        MarkdownIt().parse(render(Report(opening=(ItemList(items),))))
    ).children
    assert found.type == "ordered_list"
    assert [_outline(item) for item in found.children] == [
        (f"item {n}", [(f"child {n}", [(f"grandchild {n}", [])])]) for n in range(1, count + 1)
    ]


def test_a_code_block_below_an_item_keeps_its_lines() -> None:
    """Code in an item is the same code to a parser, empty lines and indentation included."""
    code = "if x:\n\n    y()"
    text = render(Report(opening=(ItemList((Item(f"do\n```py\n{code}\n```"), Item("next"))),)))
    (fence,) = [token for token in MarkdownIt().parse(text) if token.type == "fence"]
    assert fence.content == f"{code}\n"


def test_code_that_begins_an_item_keeps_its_lines_and_its_children() -> None:
    """No blank is added to code right behind the marker, and what is below stays below."""
    item = Item("```\nx\n  y\n```", (Item("child"),))
    text = render(Report(opening=(ItemList((item, Item("next"))),)))
    tokens = MarkdownIt().parse(text)
    (fence,) = [token for token in tokens if token.type == "fence"]
    assert fence.content == "x\n  y\n"
    (found,) = SyntaxTreeNode(tokens).children
    assert [inner.type for inner in found.children[0].children] == ["fence", "ordered_list"]


def _outline(item: SyntaxTreeNode) -> tuple[str, list[object]]:
    text, *lists = item.children
    return text.children[0].content, [_outline(i) for found in lists for i in found.children]
