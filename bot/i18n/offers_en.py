"""The sentences about files that come back, in English."""

from __future__ import annotations

from typing import Final

from bot.i18n.offer_phrases import OfferPhrases

ENGLISH_OFFERS: Final = OfferPhrases(
    week="This file would change {week}: {counts}",
    new_week="Nothing is in {week} yet. This file would fill it: {counts}",
    counts={
        "removed": "{count} removed",
        "changed": "{count} changed",
        "added": "{count} added",
        "moved": "{count} moved",
        "pictures": "pictures: {count}",
    },
    to_section="{text} (to {section})",
    below="{text} (below “{above}”)",
    to_top="{text} (to the top level)",
    reordered="{text} (in another place)",
    parts={"title": "Title", "intro": "Opening", "summary": "Summary", "picture": "Picture"},
    more="… and {count} more",
    more_weeks="… and more weeks: {count}",
    form=("Not a word of {week} differs, only the form: blank lines, numbers, the front matter."),
    same="{week} is just what this file says. Nothing to change.",
    late="Lines that came after this file was sent out: {count}. They stay.",
    missing="These pictures did not come along, so the report would not show them: {names}",
    staying=(
        "These pictures came as messages, so they stay as they were sent, "
        "though the archive has others in their place: {names}"
    ),
    apply="Apply",
    leave="Leave it",
    applied="{week} is changed: {counts}",
    applied_form="{week} has the form of the file now, with the same words.",
    left="OK, nothing is changed.",
    meanwhile="Something changed while you were looking, so I did not apply it. Now it is:",
    unfetched="I could not download this file from Telegram. Nothing is changed. "
    "Look for {incident} in the log.",
    fetch="Try again",
    fetching="OK, once more.",
    kept=(
        "I can't tell which week “{name}” is about, so I stored it like any other file. To change "
        "a week with it, reply to that week's draft with it, or send it again as 2023-W40.md."
    ),
    refused="I can't use “{name}”: {reason}",
    faults={
        "not UTF-8": "line {line} is not UTF-8 (byte {at} is {byte}). Please save it as UTF-8.",
        "empty": "it is empty.",
        "too large": "it has more than {limit} MB, which is no weekly report.",
        "too deep": "it is nested too deeply to be read.",
        "no week": "I can't tell which week it is about. A name such as 2023-W40.md will do.",
        "no such week": "there is no week “{words}”.",
        "other week": "it says {said}, but you replied to {meant}. Nothing is changed.",
        "other week said": "it says {said}, but your message says {meant}. Nothing is changed.",
        "same week": "they are about the same week ({week}), and I can't tell which one counts.",
        "outside": "its path leads out of the archive.",
        "damaged": "it is damaged or encrypted.",
        "no zip": "it is no archive that I can open.",
        "too much": "it holds more than an archive of reports would.",
    },
)
