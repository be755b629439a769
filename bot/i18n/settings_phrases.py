"""The sentences of `/settings`, by name; mappings are by the setting's or the fault's name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SettingsPhrases:
    """All of them in one language."""

    # Pages
    menu: str
    names: Mapping[str, str]
    typed_names: Mapping[str, str]
    about: Mapping[str, str]
    now: str
    back: str
    back_to_menu: str
    type_it: str
    is_on: str
    is_off: str
    turn_on: str
    turn_off: str

    # Values
    language: str
    zone: str
    fixed_zone: str
    no_reminder: str
    too_late: str
    title_now: str
    picture_now: str
    no_prefix: str
    plain: str
    own_template: str
    by_reaction: str
    in_words: str
    ready_documents: Mapping[str, str]

    # Language
    other_words: str
    change_words: str

    # Sections
    section: str
    section_tags: str
    no_tags: str
    ended_sections: str
    resume: str
    add_section: str
    rename: str
    change_tags: str
    move_up: str
    move_down: str
    end_section: str
    ask_to_remove: str
    ask_to_end: str
    last_section: str
    remove: str
    end: str

    # Typing
    ask: Mapping[str, str]
    placeholder: Mapping[str, str]
    which_zone: str
    this_zone: str
    done: str
    unknown_setting: str

    # What is wrong with what was typed
    wrong: Mapping[str, str]
    nowhere: str
    title_faults: Mapping[str, str]
    title_fields: str
    section_faults: Mapping[str, str]
    template_faults: Mapping[str, str]
    template_line: str
