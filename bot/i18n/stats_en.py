"""The words of `/stats` in English."""

from __future__ import annotations

from typing import Final

from bot.i18n.stats_phrases import StatsPhrases

ENGLISH_STATS: Final = StatsPhrases(
    year="{year}",
    all_years="{first} to {last}",
    items=("item", "items"),
    weeks=("week written", "weeks written"),
    present="weeks in a row",
    longest="longest run",
    days=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    month=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    less="less",
    more="more",
    by_day="Items per day",
    by_week="Items per week",
    by_year="Items per year",
    dayless="A column in one piece: only the week is known",
    empty="Nothing yet: your first note lights it up",
    told="{year}: weeks with something in them: {weeks}, items: {items}, messages: {messages}, "
    "pictures: {pictures}.",
    told_sections="By section: {sections}.",
    told_streak="Weeks in a row now: {present}, at most: {longest}.",
    told_best="The fullest day was {month}/{day}, with items: {items}.",
    told_dayless="Of {items} of them only the week is known (imported, or put into another week); "
    "their weeks are drawn in one piece.",
    told_all="{first} to {last}: weeks with something in them: {weeks}, items: {items}.",
    told_nothing="Nothing in {year} yet. Your first note lights it up, such as: #life hot pot",
    told_letters="The letters in the picture: {letters}.",
    which_year="I don't know which year “{words}” is. Try /stats 2023 or /stats all; "
    "add dark for a dark one.",
    every="All years",
    dark="🌙 Dark",
    light="☀️ Light",
)
