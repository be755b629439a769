"""The title of a report, from a template."""

from __future__ import annotations

import re

from bot.domain.week import IsoWeek

_FIELD = re.compile(r"\{([a-z_]+)([+-]\d+)?\}")


class TitleTemplateError(ValueError):
    """The template names a field that there is not."""


def week_title(template: str, week: IsoWeek) -> str:
    """The template with its fields filled in.

    Fields: `year`, `week`, `week_zh` (四十), `month`, `week_of_month_zh` (一), `first_day`,
    `last_day`; a number takes an offset, `{week-35}`. The month of a week is that of its
    Sunday. Raises TitleTemplateError.
    """
    sunday = week.last_day
    numbers = {"year": week.year, "week": week.number, "month": sunday.month}
    chinese = {"week_zh": week.number, "week_of_month_zh": (sunday.day + 6) // 7}
    words = {"first_day": str(week.first_day), "last_day": str(sunday)}

    def fill(match: re.Match[str]) -> str:
        name, offset = match[1], int(match[2] or 0)
        if name in numbers:
            return str(numbers[name] + offset)
        if name in chinese:
            return chinese_number(chinese[name] + offset)
        if name in words and not offset:
            return words[name]
        raise TitleTemplateError(match[0])

    return _FIELD.sub(fill, template)


def chinese_number(number: int) -> str:
    """A number from 0 to 99 in Chinese, others in digits."""
    digits = "零一二三四五六七八九"
    if not 0 <= number <= 99:
        return str(number)
    tens, ones = divmod(number, 10)
    if not tens:
        return digits[ones]
    return (digits[tens] if tens > 1 else "") + "十" + (digits[ones] if ones else "")
