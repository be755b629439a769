"""The sentences, by name. Fields in braces are filled in by `str.format`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.i18n.export_phrases import ExportPhrases
from bot.i18n.failing_phrases import FailingPhrases
from bot.i18n.forgetting_phrases import ForgettingPhrases
from bot.i18n.offer_phrases import OfferPhrases
from bot.i18n.outline_phrases import OutlinePhrases
from bot.i18n.people_phrases import PeoplePhrases
from bot.i18n.search_phrases import SearchPhrases
from bot.i18n.settings_phrases import SettingsPhrases
from bot.i18n.stats_phrases import StatsPhrases


@dataclass(frozen=True, slots=True)
class Phrases:
    """All sentences in one language; both languages have the same fields in the same sentence."""

    # The report
    title_template: str
    summary_heading: str
    life_heading: str
    tech_heading: str

    # First steps
    welcome: str
    welcome_group: str
    weekdays: tuple[str, ...]
    help: str
    now_yours: str
    private: str
    group_privacy: str

    # Filing
    ask_section: str
    ask_section_album: str
    ask_section_bad_week: str
    parts: Mapping[str | None, str]
    filed: str
    filed_elsewhere: str
    stick: str
    sticks: str
    sticks_here: str
    unstick: str
    unstuck: str
    not_yours: str
    discard: str
    discarded: str
    put_back: str
    gone: str

    # Acknowledged in words
    ack_stored: str
    ack_stored_elsewhere: str
    ack_untagged: str
    ack_changed: str
    ack_changed_elsewhere: str
    ack_removed: str
    ack_refused: str
    ack_done: str

    # What could not be done
    empty_tag: str
    words_stay: str
    empty_command: str
    empty_message: str
    kind_not_kept: str
    only_text_kept: str
    kinds: Mapping[str, str]
    labels: Mapping[str, str]
    picture_too_large: str
    file_too_large: str
    picture_missing: str
    location_stuck: str
    nothing_to_delete: str
    week_not_understood: str
    week_does_not_exist: str
    weeks_that_could_be_meant: str
    other_years: str
    many_weeks: str
    no_weeks_then: str
    all_of_year: str
    failed: str
    failing: FailingPhrases
    old_button: str

    # Taking back
    undone: Mapping[str, str]
    redone: Mapping[str, str]
    and_more: str
    not_filed: str
    of_week: str
    redo: str
    nothing_to_undo: str
    cannot_undo: str
    cannot_redo: str

    # A week
    account: str
    untagged: str
    pictures_waiting: str
    pictures_missing: str
    pictures_telling: str
    empty_week: str
    again: str
    offer_file: str
    get_file: str
    get_markdown: str
    week_label: str
    files_too_large: str
    moved_up: str
    earlier: str
    earlier_week: str

    # Working on a week
    write_parts: Mapping[str, str]
    ask_part: str
    ask_part_of: str
    placeholder: str
    edit: str
    refresh: str
    refreshed: str
    up_to_date: str
    older_preview: str
    file: str
    new_file: str
    finish: str
    reopen: str
    done: str
    done_and_changed: str
    late: str
    late_change: str
    late_more: str
    late_sent: str
    reopened: str

    # Before the draft
    remind: str
    remind_sections: str
    remind_summary: str
    write_in: str
    nothing_missing: str

    # The list of weeks
    weeks: str
    weeks_page: str
    week_last_year: str
    week_in_year: str
    week_line: str
    week_marks: str
    no_weeks: str
    newer: str
    older: str

    # Searching
    search: SearchPhrases

    export: ExportPhrases
    people: PeoplePhrases
    forgetting: ForgettingPhrases

    # Statistics
    stats: StatsPhrases

    # The outline and its cards; files that come back
    outline: OutlinePhrases
    offers: OfferPhrases

    # After an absence
    months: tuple[str, ...]
    instant: str
    absence: str

    settings: SettingsPhrases

    # The commands' menu
    commands: Mapping[str, str]
