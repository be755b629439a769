"""Index pages of exports."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.archive.indexing import index_page, is_index
from bot.domain.commonmark import read
from bot.domain.week import IsoWeek


def test_a_year_is_a_numbered_list_of_links() -> None:
    """As authors keep it by hand, the oldest week first."""
    reports = [("2025 年第一周周报", IsoWeek(2025, 1)), ("", IsoWeek(2025, 3))]
    assert index_page(2025, "zh", reports) == (
        "# 2025 年\n\n1. [2025 年第一周周报](../2025-W01.md)\n2. [2025-W03](../2025-W03.md)\n"
    )


def test_it_is_told_from_a_report() -> None:
    """By its name and by having links and nothing else."""
    page = index_page(2025, "en", [("A *week*", IsoWeek(2025, 2))])
    assert is_index("index/2025.md", page)
    assert is_index("2025.md", page)
    assert not is_index("2025-W02.md", page)
    assert not is_index("2025.md", page + "1. an item\n")
    assert not is_index("2025.md", "# 2025\n")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_whatever_a_title_is_the_list_holds_one_link(title: str) -> None:
    """To the week's file."""
    page = index_page(2025, "zh", [(title, IsoWeek(2025, 2))])

    def links(root: object) -> list[str]:
        walk = root.walk()  # type: ignore[attr-defined]  # a tree of the Markdown parser
        return [str(node.attrs["href"]) for node in walk if node.type == "link"]

    assert read(page, links) == ["../2025-W02.md"]
    assert is_index("2025.md", page)
