"""What a reminder says. Pure."""

from __future__ import annotations

from bot.chat.views import Row, Saying, say
from bot.chat.week_buttons import WritePart
from bot.chat.week_views import untagged_rows
from bot.domain.entry import Part
from bot.i18n import phrases_for
from bot.services.reminding import lacks_something
from bot.services.reporting import CompiledWeek


def reminder(week: CompiledWeek) -> Saying:
    """What is not filed and what is not written yet, with buttons for each."""
    journal = week.journal
    phrases = phrases_for(journal.language)
    if not lacks_something(week):
        return say(phrases.nothing_missing)
    day = phrases.weekdays[journal.draft_at.weekday]
    draft_at = f"{day} {journal.draft_at.clock:%H:%M}"
    lines = [phrases.remind.format(draft_at=draft_at)]
    writing: list[Row] = []
    if week.empty_sections:
        names = " ".join(spec.heading for spec in week.empty_sections)
        lines.append(f"· {phrases.remind_sections.format(names=names)}")
        writing += [
            [
                (
                    phrases.write_in.format(name=spec.heading),
                    WritePart(week.week, Part.ITEM, spec.key),
                )
            ]
            for spec in week.empty_sections
        ]
    if not week.has_summary:
        lines.append(f"· {phrases.remind_summary}")
        button = WritePart(week.week, Part.SUMMARY)
        writing.append([(phrases.write_parts[Part.SUMMARY], button)])
    unfiled, filing = untagged_rows(week)
    return say("\n".join((*lines, *unfiled)), *filing, *writing)
