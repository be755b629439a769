"""The words of `/stats` in English."""

from __future__ import annotations

from typing import Final

from bot.i18n.stats_phrases import StatsPhrases

ENGLISH_STATS: Final = StatsPhrases(
    year="{year}",
    all_years="{first} to {last}",
    others="{count} others",
    items=("item", "items"),
    weeks=("week", "weeks"),
    of_weeks=("of {count} week", "of {count} weeks"),
    present=("week in a row", "weeks in a row"),
    longest="longest run",
    days=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    month=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    less="less",
    more="more",
    by_day="Items per day",
    by_week="Items per week",
    by_year="Items per year",
    dayless="Whole column: day unknown",
    latest="The {count} latest years",
    empty="Nothing yet: your first note lights it up",
    empty_then="Nothing in this year",
    comma=", ",
    told="{title}: {items} in {weeks}{more}.",
    told_items=("{count} item", "{count} items"),
    told_weeks=("{count} week", "{count} weeks"),
    told_of_weeks="{written} of {weeks} weeks",
    told_messages=("from {count} message", "from {count} messages"),
    told_pictures=("with {count} picture", "with {count} pictures"),
    told_sections="By section: {sections}.",
    told_present="{present} weeks in a row up to now, {longest} at most.",
    told_record="{present} weeks in a row up to now, more than ever before.",
    told_longest="The longest run: {longest} weeks in a row.",
    told_best_day=(
        "The fullest day was {month} {day}, with {count} item.",
        "The fullest day was {month} {day}, with {count} items.",
    ),
    told_best_year=(
        "The fullest year was {year}, with {count} item.",
        "The fullest year was {year}, with {count} items.",
    ),
    told_dayless=(
        "{count} item without a day (imported, or put into another week) colours a whole week.",
        "{count} items without a day (imported, or put into another week) colour whole weeks.",
    ),
    told_nothing="Nothing in {year} yet. Your first note lights it up, such as: #life hot pot",
    told_nothing_then="Nothing in {year}.",
    told_letters="The letters in the picture: {letters}.",
    which_year="I don't know which year “{words}” is. Try /stats 2023 or /stats all; "
    "add dark for a dark one.",
    every="All years",
    dark="🌙 Dark",
    light="☀️ Light",
)
