"""What was taken back, in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.chat.callbacks import Redo
from bot.chat.settings.names import Setting
from bot.chat.settings.values import View, line, listed
from bot.chat.shortening import SEMICOLONS
from bot.chat.views import Saying, say, shortened, week_label
from bot.domain.entry import Part
from bot.domain.journal import Journal
from bot.i18n import Phrases, phrases_for
from bot.services.undoing import ChangeKind, Review

_SEVERAL = 2
_QUOTED = {"zh": "「{}」", "en": "“{}”"}
_COLUMNS = {
    "language": Setting.LANGUAGE,
    "zone": Setting.ZONE,
    "draft_at": Setting.DRAFT,
    "remind_at": Setting.REMIND,
    "day_ends_at": Setting.DAY_END,
    "title_template": Setting.TITLE,
    "sections": Setting.SECTIONS,
    "summary_heading": Setting.SUMMARY,
    "document_template": Setting.DOCUMENT,
    "pictures_prefix": Setting.PICTURES,
    "answers_in_words": Setting.ACKNOWLEDGE,
    "link_titles": Setting.LINKS,
    "shows_authors": Setting.AUTHORS,
    "keeps_location": Setting.LOCATION,
    "shows_earlier": Setting.EARLIER,
}


def undone(journal: Journal, now: datetime, review: Review) -> Saying:
    """What was taken back, with a button that makes it again; or why it was not."""
    phrases = phrases_for(journal.language)
    if not review.done:
        return say(phrases.cannot_undo.format(what=_what(journal, phrases, now, review)))
    words = _said(phrases, phrases.undone, journal, now, review)
    return say(words, [(phrases.redo, Redo(review.change_id))])


def redone(journal: Journal, now: datetime, review: Review) -> Saying:
    """What was made again; or why it was not."""
    phrases = phrases_for(journal.language)
    if not review.done:
        return say(phrases.cannot_redo.format(what=_what(journal, phrases, now, review)))
    return say(_said(phrases, phrases.redone, journal, now, review))


def _said(
    phrases: Phrases,
    sentences: Mapping[str, str],
    journal: Journal,
    now: datetime,
    review: Review,
) -> str:
    section = phrases.parts.get(review.part, phrases.not_filed)
    if review.section:
        section = journal.heading_of(review.section)
    view = View(journal, now)
    settings = [line(view, setting) for setting in _settings(review)]
    words = sentences[_sentence(review)].format(
        what=_what(journal, phrases, now, review),
        section=section,
        settings=SEMICOLONS[journal.language].join(settings),
        week="" if review.week is None else week_label(phrases, review.week),
    )
    if review.week is None or review.week == journal.week_of(now) or "week" in review.columns:
        return words
    # Before the full stop, with which each of these sentences ends.
    return f"{words[:-1]}{phrases.of_week.format(week=week_label(phrases, review.week))}{words[-1]}"


def _sentence(review: Review) -> str:
    """Which sentence says it; of a line that was moved, what is seen of that."""
    if review.kind is not ChangeKind.MOVED:
        return review.kind
    if "week" in review.columns:
        return "moved_week"
    if "section" not in review.columns:
        return "reordered"
    return review.kind if review.section or review.part is not Part.ITEM else "unfiled"


def _settings(review: Review) -> list[Setting]:
    return [_COLUMNS[name] for name in review.settings if name in _COLUMNS]


def _what(journal: Journal, phrases: Phrases, now: datetime, review: Review) -> str:
    if review.kind is ChangeKind.CONFIGURED:
        view = View(journal, now)
        names = listed(view, (view.words.names[setting] for setting in _settings(review)))
        return _QUOTED[journal.language].format(names)
    if review.week is not None and review.kind in {ChangeKind.FINISHED, ChangeKind.REOPENED}:
        return _QUOTED[journal.language].format(week_label(phrases, review.week))
    what = _QUOTED[journal.language].format(shortened(review.words) or "🖼")
    if review.lines < _SEVERAL or review.kind is ChangeKind.REPLACED:
        return what
    return phrases.and_more.format(what=what, count=review.lines - 1)
