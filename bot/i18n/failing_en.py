"""The sentences about messages that could not be handled, in English."""

from __future__ import annotations

from typing import Final

from bot.i18n.failing_phrases import FailingPhrases

ENGLISH_FAILING: Final = FailingPhrases(
    kept_for_later="I could not handle this message. I kept it as it came, but it is not in your "
    "report. Look for {incident} in the log.",
    many_kept="I could not handle {count} more messages. I kept them as they came, but they are "
    "not in your report. Look for {incident}, the last of them, in the log.",
)
