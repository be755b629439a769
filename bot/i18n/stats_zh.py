"""The words of `/stats` in Chinese."""

from __future__ import annotations

from typing import Final

from bot.i18n.stats_phrases import Forms, StatsPhrases


def _always(words: str) -> Forms:
    """The same words for one and for many."""
    return words, words


CHINESE_STATS: Final = StatsPhrases(
    year="{year} 年",
    all_years="{first}–{last} 年",
    others="其余 {count} 栏",
    items=_always("项"),
    weeks=_always("周"),
    of_weeks=_always("周（共 {count} 周）"),
    present=_always("连续周数"),
    longest="最长连续周数",
    days=("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    month=tuple([f"{month} 月" for month in range(1, 13)]),
    less="少",
    more="多",
    by_day="每天几项",
    by_week="每周几项",
    by_year="每年几项",
    dayless="整列一格：只知道是哪一周",
    latest="最近 {count} 年",
    empty="还没有内容，发第一条就亮了",
    empty_then="这一年没有内容",
    comma="，",
    told="{title}：{weeks}，共 {items}{more}。",
    told_items=_always("{count} 项"),
    told_weeks=_always("写了 {count} 周"),
    told_of_weeks="{weeks} 周里写了 {written} 周",
    told_messages=_always("{count} 条消息"),
    told_pictures=_always("{count} 张图"),
    told_sections="各栏：{sections}。",
    told_present="现在连续 {present} 周，最长 {longest} 周。",
    told_record="现在连续 {present} 周，是最长的一次。",
    told_longest="最长连续 {longest} 周。",
    told_best_day=_always("最多的一天是 {month} {day} 日，{count} 项。"),
    told_best_year=_always("最多的一年是 {year} 年，{count} 项。"),
    told_dayless=_always(
        "其中 {count} 项只知道是哪一周（导入的，或者记到别的周的），图上算在那一整列里。"
    ),
    told_nothing="{year} 年还没有内容。发第一条，格子就亮了，比如：#生活 吃了火锅",
    told_nothing_then="{year} 年没有内容。",
    told_letters="图里的字母：{letters}。",
    which_year="没看懂「{words}」是哪一年。写 /stats 2023、/stats 全部，加上 深色 就是深色的。",
    every="全部年份",
    dark="🌙 深色",
    light="☀️ 浅色",
)
