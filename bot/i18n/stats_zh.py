"""The words of `/stats` in Chinese."""

from __future__ import annotations

from typing import Final

from bot.i18n.stats_phrases import StatsPhrases

CHINESE_STATS: Final = StatsPhrases(
    year="{year} 年",
    all_years="{first}–{last} 年",
    items=("项", "项"),
    weeks=("周有内容", "周有内容"),
    present="连续几周",
    longest="最长连续",
    days=("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    month=tuple([f"{month}月" for month in range(1, 13)]),
    less="少",
    more="多",
    by_day="每天几项",
    by_week="每周几项",
    by_year="每年几项",
    dayless="整列一格的那几周，只知道是哪一周",
    empty="还没有内容，发第一条就亮了",
    told="{year} 年：{weeks} 周有内容，{items} 项，{messages} 条消息，{pictures} 张图。",
    told_sections="各栏：{sections}。",
    told_streak="现在连续 {present} 周，最长连续 {longest} 周。",
    told_best="最多的一天是 {month} 月 {day} 日，{items} 项。",
    told_dayless="其中 {items} 项只知道是哪一周（导入的，或者记到别的周的），图上一周画成一格。",
    told_all="{first} 到 {last} 年：{weeks} 周有内容，{items} 项。",
    told_nothing="{year} 年还没有内容。发第一条，格子就亮了，比如：#生活 吃了火锅",
    told_letters="图里的字母：{letters}。",
    which_year="没看懂「{words}」是哪一年。写 /stats 2023、/stats 全部，加上 深色 就是深色的。",
    every="全部年份",
    dark="🌙 深色",
    light="☀️ 浅色",
)
