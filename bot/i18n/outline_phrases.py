"""The sentences of outlines and cards: the editor in the chat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OutlinePhrases:
    """The sentences in one language."""

    head: str
    stretches: Mapping[str, str]
    card_buttons: Mapping[str, str]
    card_more: str
    card_imported: str
    line_deleted: str
    deleted_head: str
    nothing_deleted: str
    show_deleted: str
    line_back: str
    edit_prompt: str
    edit_prompt_empty: str
    edit_placeholder: str
    too_long_to_edit: str
    week_prompt: str
    week_placeholder: str
    changed_meanwhile: str
    overwrite: str
    keep_it: str
    number_changed: str
    number_meant: Mapping[str, str]
    number_gone: str
    no_number: str
    do_it: str
    show_list: str
    differences: Mapping[str, str]
    hindrances: Mapping[str, str]
    unknown_place: str
    how_to_move: str
    how_to_edit: str
    delete_one: str
    edit_each: str
