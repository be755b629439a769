"""The sentences of `/export` in English."""

from __future__ import annotations

from typing import Final

from bot.i18n.export_phrases import ExportPhrases

ENGLISH_EXPORT: Final = ExportPhrases(
    caption="Here is everything: the Markdown of your weeks ({weeks}), pictures, and "
    "weeknotes.json, from which weeknotes import makes the same journal elsewhere.",
    part="Part {number} of {parts}. To restore it, keep the parts together.",
    nothing="There is nothing to export yet. Your first note makes a week, such as: #life hot pot",
    too_much="This is more than Telegram can carry. On the machine, run: weeknotes export FOLDER",
    under_way="It is being packed and will be here soon.",
    only_weeks="This is a whole export, of which only reports and pictures come in here. To have"
    " messages and settings as they were too, run weeknotes import with all its zips on the"
    " machine, while this journal is empty.",
)
