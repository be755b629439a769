"""The week that a Markdown file is about: from its front matter, else its name, else its title."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from bot.domain.archive.front_matter import FrontMatter
from bot.domain.errors import NoSuchWeekError, UnknownWeekNameError
from bot.domain.grammar.calendar import (
    latest_numbered,
    week_of_day,
    week_of_month,
    week_of_year,
    written_number,
)
from bot.domain.parse import parse
from bot.domain.week import IsoWeek

_YEAR = r"(?<!\d)((?:19|20|21)\d\d)"
_NUMBER = r"(\d{1,2}|[一二三四五六七八九十]{1,3})"
_GAP = r"[ _./-]*"
# 三周年 is an anniversary.
_WEEK_ZH = rf"第? ?{_NUMBER} ?个?[周週](?!年)"
_WEEK_EN = rf"(?:week|wk|w){_GAP}(\d{{1,2}})(?!\d)"
_DATE = rf"{_YEAR}[-_./](\d{{1,2}})[-_./](\d{{1,2}})(?!\d)"


def week_of_file(name: str, front: FrontMatter, body: str) -> IsoWeek:
    """The week that a file is about.

    The first that names a week counts: `week` in the front matter, the title there, the file's
    name without its folders, the report's heading. Where none of them does, the first that has a
    day, in the same order, and at last the date in the front matter: it tells when something was
    published, which is often the week after.
    Raises NoSuchWeekError where the one that counts names a week that there is not, and
    UnknownWeekNameError with the name where there is neither week nor day.
    """
    for forms in (_WEEKS, _DAYS):
        for words in _told(name, front, body):
            if week := _named(words, forms):
                return week
    if front.day is not None:
        return IsoWeek.of_date(front.day)
    raise UnknownWeekNameError(name)


def _told(name: str, front: FrontMatter, body: str) -> Iterator[str]:
    yield from (front.week, front.title, _stem(name))
    # Reading all of a report takes a while, and mostly its name has said it already.
    yield parse(body).title


def other_week(
    name: str, front: FrontMatter, body: str, week: IsoWeek, titles: Sequence[str]
) -> IsoWeek | None:
    """The week that a file names although it is meant for `week`; None where it does not.

    Days do not count, and neither does what the week's own `titles` say: a title may count weeks
    in a way of its own. Raises NoSuchWeekError where the file names a week that there is not.
    """
    for words in (front.week, _stem(name)):
        if named := _named(words, _WEEKS):
            return None if named == week else named
    for title in (front.title, parse(body).title):
        if title not in titles and (named := _named(title, _WEEKS)):
            return None if named == week else named
    return None


def week_in(words: str) -> IsoWeek | None:
    """The week that a title or a file's name names together with its year, or None.

    Raises NoSuchWeekError where a week is named that there is not.
    """
    return _named(words, _WEEKS)


def _stem(name: str) -> str:
    """The name of a file without its folders and its ending."""
    file = re.split(r"[/\\]", name)[-1]
    return re.sub(r"\.(?:md|markdown|mdx|txt)\Z", "", file, flags=re.IGNORECASE)


def _named(words: str, forms: Sequence[_Form]) -> IsoWeek | None:
    plain = unicodedata.normalize("NFKC", words).lower()
    for pattern, meaning in forms:
        if match := pattern.search(plain):
            week = meaning(match)
            if week is None:
                raise NoSuchWeekError(words)
            return week
    return None


def _of_year(match: re.Match[str]) -> IsoWeek | None:
    return week_of_year(int(match[1]), written_number(match[2]))


def _of_month(match: re.Match[str]) -> IsoWeek | None:
    year, month, number = match.groups()
    return week_of_month(int(year), written_number(month), written_number(number))


def _of_dated_number(match: re.Match[str]) -> IsoWeek | None:
    """A week numbered beside the day on which its report appeared."""
    year, month, day, number = (int(digits) for digits in match.groups())
    try:
        return latest_numbered(number, date(year, month, day))
    except ValueError:
        return None


def _of_day(match: re.Match[str]) -> IsoWeek | None:
    return week_of_day(int(match[1]), int(match[2]), int(match[3]))


_Form = tuple[re.Pattern[str], Callable[[re.Match[str]], IsoWeek | None]]
_WEEKS: tuple[_Form, ...] = tuple(
    (re.compile(pattern), meaning)
    for pattern, meaning in (
        # A slip of real archives: `20224月第三周`.
        (rf"{_YEAR} ?[年./-]? ?{_NUMBER} ?月份? ?的?{_WEEK_ZH}", _of_month),
        (rf"{_YEAR}[-_./ ](\d{{1,2}})[-_./ ]{_WEEK_EN}", _of_month),
        (rf"{_DATE}[^\d]*?(?<![a-z]){_WEEK_EN}", _of_dated_number),
        (rf"{_YEAR} ?年?[ _.,/-]*的?{_WEEK_ZH}", _of_year),
        (rf"{_YEAR},?{_GAP}{_WEEK_EN}", _of_year),
        (
            rf"(?<![a-z]){_WEEK_EN}(?: of|,)?{_GAP}{_YEAR}(?!\d)",
            lambda match: week_of_year(int(match[2]), int(match[1])),
        ),
    )
)
_DAYS: tuple[_Form, ...] = tuple(
    (re.compile(pattern), _of_day)
    for pattern in (_DATE, rf"{_YEAR} ?年 ?(\d{{1,2}}) ?月 ?(\d{{1,2}}) ?[日号]")
)
