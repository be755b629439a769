"""What was taken back, in words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.chat.undo_views import redone, undone
from bot.domain.changes import ChangeKind
from bot.domain.journal import Language
from bot.domain.week import IsoWeek
from bot.i18n import phrases_for
from bot.services.reviewing import Review
from tests.chat.journals import journal_of

_NOW = datetime(2026, 11, 25, 13, 35, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", "撤销了：「火锅」不在周报里了（在 2023 年第 40 周）。"),
        ("en", "Taken back: “火锅” is out of the report (2023 week 40)."),
    ],
)
def test_another_week_than_this_one_is_named_within_the_sentence(
    language: Language, said: str
) -> None:
    """Of this week nothing is said."""
    journal = journal_of(language)
    other = Review(ChangeKind.CAPTURED, "火锅", 1, IsoWeek(2023, 40))
    this = Review(ChangeKind.CAPTURED, "火锅", 1, journal.week_of(_NOW))
    assert undone(journal, _NOW, other).text.text == said
    assert "2026" not in undone(journal, _NOW, this).text.text


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", [kind for kind in ChangeKind if kind != ChangeKind.CONFIGURED])
def test_each_sentence_that_may_name_a_week_ends_with_a_full_stop(
    language: Language, kind: ChangeKind
) -> None:
    """The week stands right before it."""
    journal, stop = journal_of(language), {"zh": "）。", "en": ")."}[language]
    week = IsoWeek(2023, 40)
    for view in (undone, redone):
        said = view(journal, _NOW, Review(kind, "火锅", 1, week)).text.text
        assert said.endswith(
            phrases_for(language).of_week.format(week=_label(language))[:-1] + stop
        )


def _label(language: Language) -> str:
    return phrases_for(language).week_label.format(year=2023, number=40)
