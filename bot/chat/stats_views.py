"""What is said with a picture of statistics: all of it again in words, and buttons. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from telegram.constants import MessageLimit

from bot.chat.shortening import cut_off, shortened
from bot.chat.stats_buttons import ShowStats
from bot.chat.views import Row, Saying, say
from bot.domain.stats import AllStats, Series, YearStats
from bot.i18n import phrases_for
from bot.i18n.stats_phrases import StatsPhrases
from bot.services.counting import Counted
from bot.services.ports import Drawing

_NAME: Final = 30
_LIST: Final = {"zh": "，", "en": ", "}


def caption(counted: Counted, drawing: Drawing, *, dark: bool) -> Saying:
    """The counts for who cannot see the picture, within Telegram's limit, and the buttons."""
    journal, stats = counted.journal, counted.stats
    words = phrases_for(journal.language).stats
    comma = _LIST[journal.language]
    told = _year(words, stats, comma) if isinstance(stats, YearStats) else _all(words, stats, comma)
    if drawing.letters:
        names = (f"{letter} = {shortened(name, _NAME)}" for letter, name in drawing.letters.items())
        told = [*told, words.told_letters.format(letters=comma.join(names))]
    limit = int(MessageLimit.CAPTION_LENGTH)
    text = "\n".join(told)
    while len(text.encode("utf-16-le")) // 2 > limit:
        text = cut_off(text, len(text) - 40)
    return say(text, *_rows(counted, words, dark=dark))


def _year(words: StatsPhrases, stats: YearStats, comma: str) -> Sequence[str]:
    if not stats.items and not stats.weeks:
        return [words.told_nothing.format(year=stats.year)]
    told = [
        words.told.format(
            year=stats.year,
            weeks=stats.weeks,
            items=stats.items,
            messages=stats.messages,
            pictures=stats.pictures,
        )
    ]
    told += _sections(words, stats.series, comma)
    told.append(
        words.told_streak.format(present=stats.streak.present, longest=stats.streak.longest)
    )
    if stats.best_day is not None:
        day, items = stats.best_day
        told.append(words.told_best.format(month=day.month, day=day.day, items=items))
    if stats.dayless:
        told.append(words.told_dayless.format(items=sum(stats.dayless.values())))
    return told


def _all(words: StatsPhrases, stats: AllStats, comma: str) -> Sequence[str]:
    first, last = stats.years[0], stats.years[-1]
    return [
        words.told_all.format(first=first, last=last, weeks=stats.weeks, items=stats.items),
        *_sections(words, stats.series, comma),
        words.told_streak.format(present=stats.streak.present, longest=stats.streak.longest),
    ]


def _sections(words: StatsPhrases, series: Iterable[Series], comma: str) -> list[str]:
    said = comma.join(f"{shortened(one.name, _NAME)} {one.total}" for one in series)
    return [words.told_sections.format(sections=said)] if said else []


def _rows(counted: Counted, words: StatsPhrases, *, dark: bool) -> list[Row]:
    stats = counted.stats
    is_year = isinstance(stats, YearStats)
    turns: list[tuple[str, ShowStats]] = []
    if counted.before is not None:
        turns.append((f"‹ {counted.before}", ShowStats(counted.before, dark)))
    if is_year and counted.has_more:
        turns.append((words.every, ShowStats(None, dark)))
    if counted.after is not None:
        turns.append((f"{counted.after} ›", ShowStats(counted.after, dark)))
    here = stats.year if isinstance(stats, YearStats) else None
    other = (words.light if dark else words.dark, ShowStats(here, not dark))
    return [turns, [other]] if turns else [[other]]
