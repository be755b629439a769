"""The sentences of `/settings` in English."""

from __future__ import annotations

from typing import Final

from bot.i18n.settings_phrases import SettingsPhrases

ENGLISH_SETTINGS: Final = SettingsPhrases(
    menu="Settings",
    names={
        "language": "Language",
        "zone": "Time zone",
        "draft": "Draft",
        "remind": "Reminder",
        "day": "End of the day",
        "title": "Title",
        "sections": "Sections",
        "summary": "Summary heading",
        "answer": "How I answer",
        "links": "Link titles",
        "authors": "Author names",
        "location": "Place in pictures",
        "earlier": "Earlier years",
        "pictures": "Picture paths",
        "document": "File format",
        "section": "Section",
        "heading": "Heading",
        "tags": "Tags",
        "ending": "End a section",
    },
    typed_names={
        "language": "lang",
        "zone": "timezone",
        "draft": "draft_at",
        "remind": "reminder",
        "day": "day_ends_at",
        "title": "titles",
        "sections": "section",
        "summary": "summary_heading",
        "answer": "acknowledgement",
        "links": "link_titles",
        "authors": "author",
        "location": "place",
        "earlier": "earlier",
        "pictures": "prefix",
        "document": "file format",
    },
    about={
        "language": "The language in which I speak and begin new reports. What you wrote stays as "
        "it is, and the tags of both languages always work.",
        "zone": "Weeks begin and drafts come by the clocks of this zone. What is stored stays in "
        "its week.\n"
        "Example: in Tokyo, choose Tokyo. You can also type a city, UTC+8, or the time it is "
        "where you are (such as 21:35).",
        "draft": "At this time each week the draft comes by itself, once. From Monday to Thursday "
        "it is that of the week just ended.\nExample: Sunday 20:00.",
        "remind": "A reminder before the draft, of what is not filed or not written yet. "
        "Off at first.\nExample: Sunday 12:00.",
        "day": "What you write late at night belongs to the day before. What is stored stays "
        "where it is.\n"
        "Example: with 04:00, Monday 02:30 is still Sunday, and goes into the week before.",
        "title": "What each report is called; the fields in braces are filled in for its week. "
        "#title changes a single week's.\n"
        "Example: {example}. To count from another week, write {offset}.",
        "sections": "The sections of the report, in this order. Renamed, they are called so in "
        "earlier weeks as well.\n"
        "Example: add Books, and you can send: #books finished Emma",
        "summary": "What you write with #summary stands under this heading, at the end of the "
        "report.\nExample: In short",
        "answer": "How I tell you that something is stored: by a reaction on your message, or in "
        "words. After an edit the same words change, no new ones come.",
        "links": "On: a link is shown by its page's title. Off: it stays as it is, and no page is "
        "visited.\nExample: an address becomes [the page's title](the address).",
        "authors": "On: each item says who sent it, which is meant for groups.\n"
        "Example: mended the login (Zhou)",
        "earlier": "On: below the draft stands what the same week of earlier years held.\n"
        "Example: 2025 · items: 12 · moved house; finished Emma",
        "location": "Picture files often say where they were taken. I cut that out, unless this "
        "is on when a picture comes.",
        "pictures": "How the paths of pictures begin in the report: where your site keeps them.\n"
        "Example: /img/weekly/, or a whole web address.",
        "document": "What the file looks like: as it is, or with what a site generator needs at "
        "the top.\n"
        "Example: for a Hugo site, choose Hugo. Or send me a Jinja2 template of your own.",
        "section": "Renamed, it is called so in earlier weeks as well; other tags are for new "
        "messages only.\nExample: send #{tag} and a few words, and they are filed here.",
    },
    now="Now: {value}",
    back="← Back",
    back_to_menu="← All settings",
    type_it="✏️ Type it",
    is_on="on",
    is_off="off",
    turn_on="Turn on",
    turn_off="Turn off",
    language="English",
    zone="{place} ({zone}, now {clock} there)",
    fixed_zone="Always UTC{offset}",
    no_reminder="off",
    too_late="Note: this is after the draft, which will have been sent by then.",
    title_now="This week's title will be:",
    picture_now="In the report it will be:",
    no_prefix="none, just the file's name",
    plain="as it is",
    own_template="your own template",
    by_reaction="by reaction",
    in_words="in words",
    ready_documents={"hugo": "Hugo", "hexo": "Hexo", "jekyll": "Jekyll", "astro": "Astro"},
    other_words="Parts of the report still have their names in the other language. Change these "
    "too? You can leave them, and come back any time.",
    change_words="Change to English",
    section="Section “{heading}”",
    section_tags="Tags: {tags}",
    no_tags="no tags",
    ended_sections="Ended: {headings}. What was written there stays in the reports; nothing new "
    "can be added.",
    resume="Take up {heading} again",
    add_section="＋ Add a section",
    rename="Rename",
    change_tags="Change tags",
    move_up="↑ Up",
    move_down="↓ Down",
    end_section="End this section",
    ask_to_remove="There is nothing in “{heading}”, so it would be gone for good. Delete it?",
    ask_to_end="“{heading}” has been written to, and all of that stays: earlier reports are as "
    "they were, but nothing new can go in, and its tags no longer count. You can take it up again "
    "later. End it?",
    last_section="This is the only section, so it cannot end. Add another one first.",
    remove="Delete",
    end="End it",
    ask={
        "zone": "Where are you? Reply with a city, something like UTC+8, or the time it is there "
        "now, such as 21:35.",
        "draft": "When is the draft to come? Reply with a day and a time, such as: sun 20:00",
        "remind": "When do you want the reminder? Reply with a day and a time, such as: sun 12:00",
        "day": "When does your day end? Reply with a time, such as: 04:00",
        "title": "What are reports to be called? Reply with one line. There are these fields:\n"
        "{fields}",
        "sections": "What is the new section called? Reply with its name, and tags behind it if "
        "you like: Books #books #reading",
        "summary": "What is the heading of the summary? Reply with one line.",
        "pictures": "How do the paths of pictures begin? For example: /img/weekly/ (a single - "
        "puts nothing before them)",
        "document": "Reply with the template itself. It needs {{{{ body }}}}, which is the report.",
        "heading": "What is “{heading}” to be called?",
        "tags": "Which tags has “{heading}”? Reply with all of them: #books #reading. "
        "Only new messages go by them.",
    },
    placeholder={
        "language": "zh or en",
        "answer": "reaction or words",
        "links": "on or off",
        "authors": "on or off",
        "location": "on or off",
        "earlier": "on or off",
        "zone": "Shanghai, UTC+8, 21:35",
        "draft": "sun 20:00",
        "remind": "sun 12:00",
        "day": "04:00",
        "title": "What reports are called",
        "sections": "Books #books #reading",
        "summary": "Heading of the summary",
        "pictures": "/img/weekly/",
        "document": "The template",
        "heading": "New name",
        "tags": "#books #reading",
    },
    this_zone="Is this “{words}”?",
    which_zone="Which one is “{words}”?",
    done="Done. {name}: {value}",
    unknown_setting="There is no setting “{words}”. There are: {names}. "
    "/settings alone shows them all.",
    wrong={
        "language": "I don't speak “{words}”. Write zh or en.",
        "zone": "I don't know which zone “{words}” is. Write the name of a large city nearby, "
        "something like UTC+8, or the time it is there now, such as 21:35.",
        "draft": "I don't know when “{words}” is. Write a day and a time: sun 20:00",
        "remind": "I don't know when “{words}” is. Write a day and a time: sun 12:00; or off.",
        "day": "“{words}” will not do. Write a time, 12:00 at the latest, such as: 04:00",
        "answer": "I don't understand “{words}”. Write reaction or words.",
        "links": "I don't understand “{words}”. Write on or off.",
        "authors": "I don't understand “{words}”. Write on or off.",
        "location": "I don't understand “{words}”. Write on or off.",
        "earlier": "I don't understand “{words}”. Write on or off.",
        "document": "There is no format “{words}”. Write plain, hugo, hexo, jekyll or astro; or "
        "a template of your own, with {{{{ body }}}} in it.",
        "pictures": "Paths cannot begin with “{words}”, for the report's pictures would not be "
        "found. Use no blanks and no brackets: /img/weekly/",
    },
    nowhere="Nowhere is it “{words}” now. Write the time that your clock shows, or the name of a "
    "large city nearby.",
    title_faults={
        "unknown_field": "There is no field {words}.",
        "no_offset": "{words} is a date, and takes no number.",
        "unclosed": "The brace in “{words}” is not closed.",
        "empty": "The title is empty.",
        "no_title": "“{words}” can be no title: that is one line, without special signs at its "
        "ends.",
    },
    title_fields="The fields are: {fields}. Please reply again.",
    section_faults={
        "empty": "There is nothing in it. Reply again with a line of text.",
        "too_long": "“{words}” is too long; 40 characters at most. Reply again with a shorter one.",
        "no_heading": "“{words}” can be no heading: that is one line, and does not begin with a "
        "sign like #. Reply again with another one.",
        "heading_taken": "“{words}” is in use already. Reply again with another name.",
        "no_tag": "“{words}” can be no tag: no blanks or punctuation, not just digits, 32 "
        "characters at most. Write it behind the name: Books #books",
        "tag_taken": "#{words} has another use already. Reply again with another tag: Books #books",
        "too_many": "That would be too many sections; 12 at most. End one first.",
        "gone": "That section has been deleted. /settings shows the ones there are.",
        "last": "This is the only section, so it cannot end. Add another one first.",
    },
    template_faults={
        "too_long": "The template is too long.",
        "syntax": "This is not written correctly.",
        "unknown": "There is no such variable or filter.",
        "forbidden": "Templates may not do this.",
        "no_body": "Every week's file would say the same:",
        "too_much": "The template would go on and on.",
        "failed": "I tried it with a report, and it failed.",
    },
    template_line="Line {line}: ",
)
