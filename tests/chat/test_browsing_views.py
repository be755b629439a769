"""The list of weeks."""

from __future__ import annotations

import pytest

from bot.chat.browsing_views import week_page
from bot.domain.journal import Language
from bot.services.browsing import WeekPage
from tests.chat.journals import journal_of

_EMPTY = WeekPage((), 1999, (2026, 2025), 0, 0, 1)


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh", "「1999」里没有内容。"), ("en", "There is nothing in “1999”.")],
)
def test_a_year_without_weeks_is_said_to_be_so(language: Language, said: str) -> None:
    """It asks nobody to tap a number, and the years that there are stand below it."""
    saying = week_page(journal_of(language), _EMPTY)
    assert saying.text.text == said
    assert [words for row in saying.rows for words, _ in row] == ["2026", "2025"]
