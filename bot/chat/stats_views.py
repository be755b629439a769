"""What is said with a picture of statistics: all of it again in words, and buttons. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from telegram.constants import MessageLimit

from bot.chat.shortening import cut_off, shortened
from bot.chat.stats_buttons import ShowStats
from bot.chat.views import Row, Saying, say
from bot.domain.stats import AllStats, Streak, YearStats
from bot.i18n import phrases_for
from bot.i18n.stats_phrases import StatsPhrases, counted
from bot.services.counting import Counted
from bot.services.ports import Drawing

_NAME: Final = 30


def caption(found: Counted, drawing: Drawing, *, dark: bool) -> Saying:
    """The counts for who cannot see the picture, within Telegram's limit, and the buttons."""
    words = phrases_for(found.journal.language).stats
    told = list(_told(words, found.stats))
    if drawing.letters:
        names = (f"{letter} = {shortened(name, _NAME)}" for letter, name in drawing.letters.items())
        told.append(words.told_letters.format(letters=words.comma.join(names)))
    limit = int(MessageLimit.CAPTION_LENGTH)
    text = "\n".join(told)
    while len(text.encode("utf-16-le")) // 2 > limit:
        text = cut_off(text, len(text) - 40)
    return say(text, *_rows(found, words, dark=dark))


def _told(words: StatsPhrases, stats: YearStats | AllStats) -> Iterator[str]:
    if not stats.weeks:
        sentence = words.told_nothing if stats.is_present else words.told_nothing_then
        yield sentence.format(year=stats.years[-1])
        return
    yield words.told.format(
        title=words.title(stats.years),
        items=counted(stats.items, words.told_items),
        weeks=_weeks(words, stats),
        more="".join(words.comma + said for said in _more(words, stats)),
    )
    if stats.series:
        named = (f"{shortened(one.name, _NAME)} {one.total:,}" for one in stats.series)
        yield words.told_sections.format(sections=words.comma.join(named))
    yield from _streak(words, stats.streak)
    yield from _best(words, stats)
    if isinstance(stats, YearStats) and stats.dayless:
        yield counted(sum(stats.dayless.values()), words.told_dayless)


def _weeks(words: StatsPhrases, stats: YearStats | AllStats) -> str:
    if stats.of_weeks > 1:
        return words.told_of_weeks.format(written=f"{stats.weeks:,}", weeks=f"{stats.of_weeks:,}")
    return counted(stats.weeks, words.told_weeks)


def _more(words: StatsPhrases, stats: YearStats | AllStats) -> Iterator[str]:
    if isinstance(stats, YearStats):
        if stats.messages:
            yield counted(stats.messages, words.told_messages)
        if stats.pictures:
            yield counted(stats.pictures, words.told_pictures)


def _streak(words: StatsPhrases, streak: Streak) -> Iterator[str]:
    """Nothing where no two weeks follow each other."""
    if streak.longest < 2:
        return
    sentence = words.told_present
    if streak.present < 2:
        sentence = words.told_longest
    elif streak.present == streak.longest:
        sentence = words.told_record
    yield sentence.format(present=f"{streak.present:,}", longest=f"{streak.longest:,}")


def _best(words: StatsPhrases, stats: YearStats | AllStats) -> Iterator[str]:
    if isinstance(stats, AllStats):
        if stats.best_year is not None and len(stats.years) > 1:
            year, items = stats.best_year
            yield counted(items, words.told_best_year, year=year)
    elif stats.best_day is not None:
        day, items = stats.best_day
        name = words.month[day.month - 1]
        yield counted(items, words.told_best_day, month=name, day=day.day)


def _rows(found: Counted, words: StatsPhrases, *, dark: bool) -> Sequence[Row]:
    here = found.stats.year if isinstance(found.stats, YearStats) else None
    turns: list[tuple[str, ShowStats]] = []
    if found.before is not None:
        turns.append((f"‹ {found.before}", ShowStats(found.before, dark)))
    if here is not None and found.has_more:
        turns.append((words.every, ShowStats(None, dark)))
    if found.after is not None:
        turns.append((f"{found.after} ›", ShowStats(found.after, dark)))
    other = (words.light if dark else words.dark, ShowStats(here, not dark))
    return [turns, [other]] if turns else [[other]]
