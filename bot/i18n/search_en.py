"""The sentences of `/search` in English."""

from __future__ import annotations

from typing import Final

from bot.i18n.search_phrases import SearchPhrases

ENGLISH_SEARCH: Final = SearchPhrases(
    head="🔍 {words}: found {total}. Tap a number to open its week",
    nothing="I found nothing for “{words}”. Try fewer words.",
    nothing_narrowed="I found nothing for “{words}”. Try it without the section or the year, "
    "or with fewer words.",
    not_filed="not filed",
    ask="What are you looking for? Reply to this message.\n"
    "Several words may stand apart; put a phrase in quotes; section:tech and year:2023 narrow it.",
    placeholder="hot pot year:2023",
    gone="That line is gone.",
    faults={
        "no_section": "There is no section “{words}”. There are: {names}.",
        "empty_year": "There is no week of {words}. There are weeks of: {names}.",
        "no_year": "“{words}” is no year. Write four digits, such as year:2023.",
        "too_many": "These are too many words. Use {most} at the most.",
    },
)
