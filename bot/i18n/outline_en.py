"""The sentences of outlines and cards in English."""

from __future__ import annotations

from typing import Final

from bot.i18n.outline_phrases import OutlinePhrases

ENGLISH_OUTLINE: Final = OutlinePhrases(
    head="{week}. Tap a number to change that line.",
    stretches={
        "opening": "Opening",
        "closing": "Closing",
        "title": "Title",
        "untagged": "Not filed yet",
    },
    card_buttons={
        "up": "↑ Up",
        "down": "↓ Down",
        "in": "→ In",
        "out": "← Out",
        "sections": "Other section",
        "weeks": "Other week",
        "type_week": "Another week …",
        "edit": "Edit",
        "delete": "Delete",
        "back": "Back to the list",
        "cancel": "Back",
    },
    card_more="… and {count} more",
    card_imported="From an imported file",
    line_deleted="Deleted: {text}",
    deleted_head="Deleted in {week}; tap a number to put it back:",
    nothing_deleted="Nothing is deleted in {week} any more.",
    show_deleted="🗑 Deleted ({count})",
    line_back="It's back.",
    edit_prompt="Reply with the new text of {number}. Tap what it says now to copy it:",
    edit_prompt_empty="Reply with the text for {number}.",
    edit_placeholder="The new text",
    too_long_to_edit="This one is too long for a message. Edit the message it came from.",
    week_prompt="Which week does it go to? Such as 40, 2023-w40, last or 2023-10-05.",
    week_placeholder="40, last, 2023-10-05 …",
    changed_meanwhile="Somebody has changed this line meanwhile. Now it says:\n\n{text}\n\n"
    "Put yours in its place?",
    overwrite="Yes, use mine",
    keep_it="Keep this one",
    number_changed="The list has changed since I showed it. Number {number} is now:\n\n{text}\n\n"
    "{question}",
    number_meant={
        "delete": "Delete this one?",
        "rewrite": "Put your words in place of these?",
        "move": "Move this one?",
        "target": "Move the other line here?",
    },
    number_gone="The list has changed since I showed it, and there is no {number} any more.",
    no_number="There is no number {number} in {week}. /list shows what there is.",
    do_it="Yes, do it",
    show_list="Show the list",
    differences={
        "gone": "That line is gone.",
        "text": "Its text has changed meanwhile. Have another look.",
        "place": "It has moved elsewhere meanwhile. Have another look.",
        "number": "It has another number by now. Have another look.",
    },
    hindrances={
        "first": "It is the first one there already.",
        "last": "It is the last one there already.",
        "nothing_above": "There is no item right above that it could go under.",
        "top": "It is not below anything.",
        "other_kind": "It can't go there: pictures stand with pictures, paragraphs by themselves, "
        "and only items hold other items.",
        "itself": "It can't go below itself.",
        "there_already": "It is there already.",
        "nothing_said": "There are no words in this that could stand there.",
    },
    unknown_place="I don't know the place “{words}”. Try /move 3 tech, /move 3 under 2 "
    "or /move 3 @last.",
    how_to_move="Say which and where: /move 3 tech, /move 3 up, /move 3 under 2, /move 3 before 5, "
    "/move 3 @last. /list shows the numbers.",
    delete_one="One line at a time: /delete 3. Nothing was deleted.",
    how_to_edit="Say which and what: /edit 3 the new text. /list shows the numbers.",
    edit_each="I have taken your first version. Change its lines one by one, from /list.",
)
