"""Titles of web pages, as they are shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.pagetitles import LONGEST, page_title

_PAGE = "https://example.com/a"


@pytest.mark.parametrize(
    ("candidates", "title"),
    [
        ([], ""),
        (["", " \n\t ", "First", "Second"], "First"),
        (["  A\n\t title\u3000of\xa0two  lines\r\n"], "A title of two lines"),
        (["周报 · 第 40 周"], "周报 · 第 40 周"),
        (["a\x00b\x07c\x1b[31m"], "abc[31m"),
        (["safe \u202egnp.exe\u202c \u2066x\u2069"], "safe gnp.exe x"),
        (["zero\u200bwidth\ufeff\u2060\xad"], "zerowidth"),
        (["a \u200b b"], "a b"),
        (["\u200b\u202e", "next"], "next"),
        (["\u200d\ufe0f", "next"], "next"),
        (["\u0301", "next"], "next"),
        (["👩\u200d💻 ❤\ufe0f"], "👩\u200d💻 ❤\ufe0f"),
        (["lone \ud800 surrogate, private \ue000 use"], "lone surrogate, private use"),
        (["x" * LONGEST], "x" * LONGEST),
        (["x" * (LONGEST + 1)], "x" * (LONGEST - 1) + "…"),
        (["x" * (LONGEST - 2) + " yz"], "x" * (LONGEST - 2) + "…"),
        (["x" * 1_000_000], "x" * (LONGEST - 1) + "…"),
        (["...", "next"], "..."),
    ],
)
def test_a_title_is_one_clean_line(candidates: list[str], title: str) -> None:
    """The first candidate that says anything, without what is not seen, and not too long."""
    assert page_title(_PAGE, candidates) == title


@pytest.mark.parametrize(
    ("path", "found", "title"),
    [
        ("o/r/pull/12", "Fix foo by user · Pull Request #12 · o/r · GitHub", "Fix foo"),
        ("o/r/pull/12", "Fix foo by user · Pull Request #12 · o/r", "Fix foo"),
        ("o/r/pull/12/files#diff-1", "Fix foo by u-1 · Pull Request #12 · o/r · GitHub", "Fix foo"),
        ("o/r/pull/7", "Bump x by dependabot[bot] · Pull Request #7 · o/r · GitHub", "Bump x"),
        ("o/r/pull/3", "Go step by step by me · Pull Request #3 · o/r · GitHub", "Go step by step"),
        ("o/r/issues/9", "Bug title · Issue #9 · o/r · GitHub", "Bug title"),
        ("o/r/issues/9#issuecomment-1", "Bug title · Issue #9 · o/r", "Bug title"),
        ("o/r/issues/9?x=1", "A · b by c · Issue #9 · o/r · GitHub", "A · b by c"),
        ("o/r/issues/9", "See · Issue #1 · by me · Issue #9 · o/r", "See · Issue #1 · by me"),
        # A number that is a pull request's, a repository that has moved.
        ("o/r/issues/9", "Fix foo by user · Pull Request #9 · new/name · GitHub", "Fix foo"),
        ("o/r/issues/9", f"{'x' * 256} · Issue #9 · o/r · GitHub", "x" * (LONGEST - 1) + "…"),
        ("o/r/issues/9", "Page not found · GitHub", "Page not found · GitHub"),
        ("o/r/issues", "Issues · o/r · GitHub", "Issues · o/r · GitHub"),
        ("o/r", "GitHub - o/r: A thing", "GitHub - o/r: A thing"),
        ("o/r/wiki", "A · Issue #9 · o/r · GitHub", "A · Issue #9 · o/r · GitHub"),
    ],
)
def test_issues_and_pull_requests(path: str, found: str, title: str) -> None:
    """Of an issue or a pull request on GitHub the author's title is left, of other pages all."""
    assert page_title(f"https://github.com/{path}", [found]) == title


def test_only_github_is_github() -> None:
    """Another site's title stays whole, though it looks like one of GitHub's."""
    found = "Fix foo by user · Pull Request #12 · o/r · GitHub"
    for host in ("example.com", "github.com.example.com", "example.com/github.com"):
        assert page_title(f"https://{host}/o/r/pull/12", [found]) == found


@given(st.sampled_from([_PAGE, "https://github.com/o/r/pull/1"]), st.lists(st.text(), max_size=3))
def test_titles_are_stable(address: str, candidates: list[str]) -> None:
    """A title is short, on one line, and cleaning it again changes nothing."""
    title = page_title(address, candidates)
    assert len(title) <= LONGEST
    assert title == " ".join(title.split())
    assert page_title(_PAGE, [title]) == title
