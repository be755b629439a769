"""The sentences of `/search` in Chinese."""

from __future__ import annotations

from typing import Final

from bot.i18n.search_phrases import SearchPhrases

CHINESE_SEARCH: Final = SearchPhrases(
    head="🔍 {words}：找到 {total} 处。点编号，打开那一周",
    nothing="没有找到「{words}」。少写几个字再试试。",
    nothing_narrowed="没有找到「{words}」。去掉栏目或年份的限制，或者少写几个字再试试。",
    not_filed="未归类",
    ask="找什么？回复这条消息。\n可以写几个词；整句加引号；加 section:技术、year:2023 只在那里找。",
    placeholder="火锅 year:2023",
    gone="这一条已经不在了。",
    faults={
        "no_section": "没有「{words}」这一栏。有这些：{names}。",
        "empty_year": "{words} 年没有周报。有这些年：{names}。",
        "no_year": "「{words}」不是年份。写四位数字，比如：year:2023",
        "too_many": "词太多了，最多 {most} 个。少写几个再试试。",
    },
)
