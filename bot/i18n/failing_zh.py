"""The sentences about messages that could not be handled, in Chinese."""

from __future__ import annotations

from typing import Final

from bot.i18n.failing_phrases import FailingPhrases

CHINESE_FAILING: Final = FailingPhrases(
    kept_for_later="这条消息我没处理好，原样留着了，没有进周报。日志里找 {incident}。",
    many_kept="还有 {count} 条消息我没处理好，都原样留着了，没有进周报。"
    "日志里找 {incident}，这是最后一条的编号。",
)
