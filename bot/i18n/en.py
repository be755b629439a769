"""The sentences in English."""

from __future__ import annotations

from typing import Final

from bot.i18n.phrases import Phrases
from bot.i18n.settings_en import ENGLISH_SETTINGS

ENGLISH: Final = Phrases(
    title_template="{year} week {week}",
    summary_heading="Summary",
    life_heading="Life",
    tech_heading="Tech",
    welcome=(
        "Hello, I keep your weekly report.\n\n"
        "Send me things as they happen, one message each:\n"
        "#life hot pot with the neighbours\n"
        "#tech found the memory leak\n"
        "Pictures too, with the tag in the caption.\n\n"
        "A ✍️ means it is stored. Every {draft_at} I send you the finished Markdown; "
        "/draft shows it any time. More in /help."
    ),
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    help=(
        "Writing things down\n"
        "· #life or #tech anywhere, or “life: …”, or “/life …”\n"
        "· The first line is an item, each further line goes below it; "
        "indent for another level, or use -- and ---\n"
        "· An empty line starts the next item\n"
        "· Reply to a message to add below it; reply to a picture without caption to write one\n"
        "· Edit your message to correct it\n"
        "· Without a tag it is stored all the same: tap a button to file it\n"
        "· Several in a row? Send /life or /tech alone: no tag needed for ten minutes\n"
        "· Pictures and files: put the tag in the caption\n"
        "· Forwards: put the tag in the comment\n"
        "· Links show the titles of their pages\n\n"
        "Other parts of the report\n"
        "· #intro #outro #summary #title #text\n"
        "· Together with a section's tag they open and close that section\n\n"
        "Another week\n"
        "· Begin or end with @last, @40, @2023-w40 or @2023-10-05\n\n"
        "Putting things right\n"
        "· Reply to a message with #tech to move it there\n"
        "· Reply to a message with /delete to delete it\n"
        "· /list numbers every line; tap a number to move, edit or delete it\n"
        "· Or type it: /edit 3.2 the new words, /move 3 tech, /move 3 under 2, /delete 3\n"
        "· /undo takes back the last change, again and again\n\n"
        "Reading\n"
        "· /draft is this week so far\n"
        "· /report is the last finished week; also /report 40, /report 2023-w40, /report last\n"
        "· /weeks lists them all, newest first\n"
        "· A draft follows what you send; once the week is finished, tap Done under it\n"
        "· Edit the file you get and send it back: one tap makes the week what it says\n\n"
        "Settings\n"
        "· /settings: language, time zone, times, title, sections"
        "· /report is the last finished week; also /report 40, /report 2023-w40, /report last\n"
        "· Edit the file you get and send it back: one tap makes the week what it says"
    ),
    now_yours="This bot is yours now. Nobody else gets in unless you let them.",
    private="This is somebody's own bot, so I can't keep notes for you. "
    "You can run one yourself: it is called Weeknotes.",
    group_privacy=(
        "In this group I only see commands and replies to me. To let me keep everybody's tagged "
        "messages, switch my privacy mode off at @BotFather with /setprivacy, then remove me from "
        "the group and add me again."
    ),
    ask_section="Stored. Where does it go?",
    ask_section_album="Pictures stored. Where do they go?",
    ask_section_bad_week=(
        "There is no week “{words}”, so I kept it in the week you sent it. Where does it go?"
    ),
    parts={"intro": "Opening", "outro": "Closing", "summary": "Summary", "title": "Title"},
    filed="Filed under {section}.",
    filed_elsewhere="Filed under {section}, {week}.",
    stick="The next ones too",
    sticks="Until {until}, whatever you send without a tag goes under {section}. Just send it.",
    sticks_here=(
        "Filed under {section}. Until {until}, anything you send without a tag goes there too."
    ),
    unstick="Stop",
    unstuck="OK. From now on I go by your tags again.",
    not_yours="This button is somebody else's.",
    discard="Discard",
    discarded="Discarded.",
    put_back="Put it back",
    gone="That one is gone.",
    ack_stored="✍ Stored under {section}.",
    ack_stored_elsewhere="✍ Stored under {section}, {week}.",
    ack_untagged="🤔 Stored, not filed yet.",
    ack_changed="👌 Changed, under {section}.",
    ack_changed_elsewhere="👌 Changed, under {section}, {week}.",
    ack_removed="Removed.",
    ack_refused="👎 Not all of it was kept.",
    ack_done="👌 Done.",
    empty_tag="That's just a tag. Write your note after it, "
    "or reply to a message with it to file that message.",
    words_stay="Only a tag is left: I went by it and kept the words as they were. "
    "To delete them, reply to the message with /delete.",
    empty_command="What should I note? Send it in one go, such as: /life hot pot.",
    empty_message="There is no text in this that I could keep.",
    kind_not_kept="I can't keep {kind} yet.",
    only_text_kept="I can't keep {kind} yet. I kept the text.",
    kinds={
        "game": "games",
        "invoice": "invoices",
        "paid_media": "paid media",
        "giveaway": "giveaways",
        "giveaway_winners": "giveaway results",
        "rich_media": "pictures and files inside a rich message",
        "other": "this kind of message",
    },
    labels={
        "photo": "picture",
        "live_photo": "live photo",
        "video": "video",
        "animation": "animation",
        "sticker": "sticker",
        "voice": "voice message",
        "audio": "audio",
        "video_note": "video message",
        "document": "file",
        "location": "location",
        "story": "story",
    },
    picture_too_large=(
        "This picture is {size} MB, and Telegram lets bots download {limit} MB at most, "
        "so it is not stored; its caption is. Please send it again as a photo, not as a file."
    ),
    file_too_large=(
        "This file is {size} MB, and Telegram lets bots download {limit} MB at most, "
        "so it is not stored; what you wrote with it is."
    ),
    picture_missing="I could not download {name} from Telegram. "
    "What you wrote with it is stored; please send the file again.",
    location_stuck="I could not remove the location from {name}. The picture is stored as it came "
    "and still says where it was taken.",
    nothing_to_delete="Which one? Reply to it with /delete, or take its number from /list: "
    "/delete 3.",
    week_not_understood=(
        "I don't know which week “{words}” is. Try 40, 2023-w40, -1, last or 2023-10-05."
    ),
    week_does_not_exist="There is no week “{words}”.",
    failed="That did not work; what is stored is safe. Please try again. If it fails again, "
    "look for {incident} in the log.",
    kept_for_later="I could not handle this message. I kept it as it came, but it is not in your "
    "report. Look for {incident} in the log.",
    old_button="This button is out of date.",
    undone={
        "captured": "Taken back: {what} is out of the report.",
        "edited": "Edit taken back; it says {what} again.",
        "moved": "Move taken back: {what} is in {section} again.",
        "deleted": "Deletion taken back: {what} is there again.",
        "restored": "Taken back: {what} is out of the report again.",
        "replaced": "Taken back: the week is what it was before the file.",
        "finished": "Taken back: the week is not done.",
        "reopened": "Taken back: the week is done after all.",
        "configured": "Settings are as before: {settings}.",
        "mixed": "Taken back, with all it did: {what}.",
    },
    redone={
        "captured": "{what} is in the report again.",
        "edited": "Edited again; it says {what}.",
        "moved": "{what} is in {section} again.",
        "deleted": "{what} is deleted again.",
        "restored": "{what} is there again.",
        "replaced": "The week is what the file says again.",
        "finished": "The week is done again.",
        "reopened": "The week is open again.",
        "configured": "Settings are changed again: {settings}.",
        "mixed": "Done again: {what}.",
    },
    and_more="{what} and {count} more",
    not_filed="Not filed",
    of_week=" (in {week})",
    redo="Redo",
    nothing_to_undo="There is nothing left to take back; I remember a month.",
    cannot_undo="{what} has been changed by somebody else since, so I left it alone. "
    "Send /undo again to take back what you did before that.",
    cannot_redo="{what} has been changed since, so I left it alone.",
    setting_names={
        "language": "language",
        "zone": "time zone",
        "draft_at": "draft time",
        "day_ends_at": "end of the day",
        "title_template": "title",
        "document_template": "file format",
        "summary_heading": "summary heading",
        "sections": "sections",
        "pictures_prefix": "picture paths",
        "link_titles": "link titles",
        "shows_authors": "author names",
        "keeps_location": "place in pictures",
        "answers_in_words": "how I answer",
        "remind_at": "reminder",
    },
    account="{received} received = {placed} filed + {untagged} not filed + {removed} removed",
    untagged="Not filed yet; tap to file:",
    pictures_waiting="Still downloading: {names}",
    pictures_missing="These files could not be stored: {names}",
    pictures_telling="These pictures still say where they were taken: {names}",
    empty_week="Nothing in {week}.",
    again="(The last try broke off, so you may see this twice.)",
    offer_file="You may already have the file for {week}. If not:",
    get_file="Send me the file",
    get_markdown="Just the .md",
    week_label="{year} week {number}",
    files_too_large="Too many pictures for one archive on Telegram, so here they are in parts.",
    moved_up="(The report has become shorter and ends above.)",
    write_parts={"summary": "✍ Summary", "intro": "✍ Opening", "outro": "✍ Closing"},
    ask_part="{name}: write it as a reply to this message.",
    ask_part_of="{name}, {week}: write it as a reply to this message.",
    placeholder="{name}…",
    edit="Edit",
    refresh="Refresh",
    refreshed="Refreshed.",
    up_to_date="Nothing has changed.",
    older_preview="This preview is an old one. The newest is further down.",
    file="File",
    new_file="Send the new file",
    finish="Done",
    reopen="Reopen",
    done="✅ This week is done.",
    done_and_changed="✅ This week is done, and has changed since you got the file.",
    late="{week} is done, and this has come since:",
    late_change="{week} is done, and has been changed since.",
    late_more="… and {many} more",
    late_sent="You have the newest file of {week}.",
    reopened="{week} is open again.",
    remind="The draft of this week comes on {draft_at}. Still to do:",
    remind_sections="Empty so far: {names}",
    remind_summary="No summary yet",
    write_in="✍ {name}",
    nothing_missing="Nothing is missing any more. The draft can come.",
    weeks="Your weeks; tap one to see it:",
    weeks_page="Page {page} of {pages}",
    week_line="{mark} {week}: items {items}, messages {messages}",
    week_marks="✅ done   📄 draft sent   ✏️ being written",
    no_weeks="There is no week yet. The first message makes one, such as: #life hot pot",
    newer="‹ newer",
    older="older ›",
    outline_head="{week}. Tap a number to change that line.",
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
    "Is that the one?",
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
    how_to_edit="Say which and what: /edit 3 the new text. /list shows the numbers.",
    edit_each="I have taken your first version. Change its lines one by one, from /list.",
    offer_week="This file would change {week}: {counts}",
    offer_new_week="Nothing is in {week} yet. This file would fill it: {counts}",
    offer_counts={
        "removed": "{count} removed",
        "changed": "{count} changed",
        "added": "{count} added",
        "moved": "{count} moved",
        "pictures": "{count} pictures",
    },
    offer_to_section="{text} (to {section})",
    offer_below="{text} (below “{above}”)",
    offer_to_top="{text} (to the top level)",
    offer_reordered="{text} (in another place)",
    offer_parts={"title": "Title", "intro": "Opening", "summary": "Summary", "picture": "Picture"},
    offer_more="… and {count} more",
    offer_more_weeks="… and {count} more weeks",
    offer_form=(
        "Not a word of {week} differs, only the form: blank lines, numbers, the front matter."
    ),
    offer_same="{week} is just what this file says. Nothing to change.",
    offer_late="Lines that came after this file was sent out: {count}. They stay.",
    offer_missing="These pictures did not come along, so the report would not show them: {names}",
    offer_apply="Apply",
    offer_leave="Leave it",
    offer_applied="{week} is changed: {counts}",
    offer_applied_form="{week} has the form of the file now, with the same words.",
    offer_left="OK, nothing is changed.",
    offer_meanwhile="Something changed while you were looking, so I did not apply it. Now it is:",
    offer_unfetched="I could not download this file from Telegram. Nothing is changed.",
    offer_fetch="Try again",
    offer_fetching="OK, once more.",
    offer_kept=(
        "I can't tell which week “{name}” is about, so I stored it like any other file. To change "
        "a week with it, reply to that week's draft with it, or send it again as 2023-W40.md."
    ),
    offer_refused="I can't use “{name}”: {reason}",
    offer_faults={
        "not UTF-8": "line {line} is not UTF-8 (byte {at} is {byte}). Please save it as UTF-8.",
        "empty": "it is empty.",
        "too large": "it has more than {limit} MB, which is no weekly report.",
        "too deep": "it is nested too deeply to be read.",
        "no week": "I can't tell which week it is about. A name such as 2023-W40.md will do.",
        "no such week": "there is no week “{words}”.",
        "other week": "it says {said}, but you replied to {meant}. Nothing is changed.",
        "same week": "they are about the same week ({week}), and I can't tell which one counts.",
        "outside": "its path leads out of the archive.",
        "damaged": "it is damaged or encrypted.",
        "no zip": "it is no archive that I can open.",
        "too much": "it holds more than an archive of reports would.",
    },
    instant="{at:%m-%d} {at:%H:%M}",
    absence=(
        "I was away for a while, and Telegram keeps messages for me for 24 hours only. What you "
        "sent between {since} and {until} may not have reached me. Please look at those messages, "
        "and send again the ones that show neither ✍ nor 🤔."
    ),
    settings=ENGLISH_SETTINGS,
    commands={
        "draft": "this week so far",
        "weeks": "all weeks",
        "report": "a week's report (40, last, 2023-w40)",
        "list": "the numbered list of a week, to put in order",
        "edit": "change a line (/edit 3 text)",
        "move": "move a line (/move 3 tech)",
        "life": "note something in Life",
        "tech": "note something in Tech",
        "summary": "write the summary",
        "intro": "write the opening",
        "outro": "write the closing",
        "title": "change the title",
        "delete": "reply to a message to delete it",
        "undo": "take back the last change",
        "settings": "time zone, times, sections and more",
        "help": "how it works",
    },
)
