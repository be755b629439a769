"""Every sentence the bot says, in each language it speaks."""

from bot.i18n.en import ENGLISH
from bot.i18n.phrases import Phrases
from bot.i18n.zh import CHINESE

__all__ = ["Phrases", "phrases_for"]


def phrases_for(language: str) -> Phrases:
    """The sentences in that language; `zh-hans` finds Chinese, any other code English."""
    return CHINESE if language.partition("-")[0] == "zh" else ENGLISH
