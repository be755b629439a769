"""The sentences in English."""

from __future__ import annotations

from typing import Final

from bot.i18n.export_en import ENGLISH_EXPORT
from bot.i18n.failing_en import ENGLISH_FAILING
from bot.i18n.forgetting_en import ENGLISH_FORGETTING
from bot.i18n.offers_en import ENGLISH_OFFERS
from bot.i18n.outline_en import ENGLISH_OUTLINE
from bot.i18n.people_en import ENGLISH_PEOPLE
from bot.i18n.phrases import Phrases
from bot.i18n.search_en import ENGLISH_SEARCH
from bot.i18n.settings_en import ENGLISH_SETTINGS
from bot.i18n.stats_en import ENGLISH_STATS

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
    welcome_group=(
        "Hello, I keep this group's weekly report.\n\n"
        "I keep only messages with a tag, commands, and replies to me:\n"
        "#life hot pot with the neighbours\n"
        "#tech found the memory leak\n"
        "Pictures too, with the tag in the caption. Whatever else you say here is no concern of "
        "mine.\n\n"
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
        "· #intro #outro #summary #title\n"
        "· With a section's tag, #intro and #outro open and close it, #text is a paragraph\n\n"
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
        "· /stats draws how much you wrote and when; /stats 2023, /stats all\n"
        "· /search hot pot looks through all weeks; add section:tech or year:2023 to narrow it\n"
        "· /export sends you everything as one zip\n"
        "· A draft follows what you send; once the week is finished, tap Done under it\n"
        "· Edit the file you get and send it back: one tap makes the week what it says\n\n"
        "Settings\n"
        "· /invite lets others in, /people lists them (owners only); /forget_me deletes it all\n"
        "· /settings: language, time zone, times, title, sections"
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
    discarded="It is not in the report any more.",
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
        "I don't know which week “{words}” is. "
        "Try 40, 2023-w40, -1, last, Oct 5 or week 40 last year."
    ),
    week_does_not_exist="There is no week “{words}”.",
    weeks_that_could_be_meant="Or tap one:",
    other_years="“{words}” may be more than one week; this is {week}. The others:",
    many_weeks="The weeks of “{words}” that hold something; tap one:",
    no_weeks_then="There is nothing in “{words}”.",
    all_of_year="All of {year}",
    failed="That did not work; what is stored is safe. Please try again. If it fails again, "
    "look for {incident} in the log.",
    failing=ENGLISH_FAILING,
    old_button="This button is out of date.",
    undone={
        "captured": "Taken back: {what} is out of the report.",
        "edited": "Edit taken back; it says {what} again.",
        "moved": "Move taken back: {what} is in {section} again.",
        "reordered": "Move taken back: {what} is where it was.",
        "moved_week": "Move taken back: {what} is in {week} again.",
        "unfiled": "Taken back: {what} is not filed any more.",
        "deleted": "Deletion taken back: {what} is there again.",
        "restored": "Taken back: {what} is out of the report again.",
        "replaced": "Taken back: the week is what it was before the file.",
        "finished": "Taken back: the week is not done.",
        "reopened": "Taken back: the week is done again.",
        "configured": "Settings are as before ({settings}).",
        "mixed": "Taken back, with all it did: {what}.",
    },
    redone={
        "captured": "{what} is in the report again.",
        "edited": "Edited again; it says {what}.",
        "moved": "{what} is in {section} again.",
        "reordered": "{what} is moved again.",
        "moved_week": "{what} is in {week} again.",
        "unfiled": "{what} is not filed again.",
        "deleted": "{what} is deleted again.",
        "restored": "{what} is there again.",
        "replaced": "The week is what the file says again.",
        "finished": "The week is done again.",
        "reopened": "The week is open again.",
        "configured": "Settings are changed again ({settings}).",
        "mixed": "Done again: {what}.",
    },
    and_more="{what} and {count} more",
    not_filed="Not filed",
    of_week=" ({week})",
    redo="Redo",
    nothing_to_undo="There is nothing left to take back. I remember the changes of the last month.",
    cannot_undo="{what} has been changed by somebody else since, so I left it alone. "
    "Send /undo again to take back what you did before that.",
    cannot_redo="{what} has been changed since, so I left it alone.",
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
    earlier="This week in earlier years:",
    earlier_week="{year} · items: {items} · {words}",
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
    weeks="{year}, weeks with something in them: {weeks}. Tap a number to see that week:",
    weeks_page="Page {page} of {pages}",
    week_last_year="Same week last year",
    week_in_year="Same week in {year}",
    week_line="{mark} Week {number}, {first} – {last} · items: {items} · messages: {messages}",
    week_marks="✅ done   📄 draft sent   ✏️ being written",
    no_weeks="There is no week yet. The first message makes one, such as: #life hot pot",
    newer="‹ newer",
    older="older ›",
    search=ENGLISH_SEARCH,
    stats=ENGLISH_STATS,
    export=ENGLISH_EXPORT,
    people=ENGLISH_PEOPLE,
    forgetting=ENGLISH_FORGETTING,
    outline=ENGLISH_OUTLINE,
    offers=ENGLISH_OFFERS,
    months=(
        *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
        *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    ),
    instant="{month} {at.day}, {at:%H:%M}",
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
        "export": "everything: Markdown, pictures and JSON",
        "stats": "how much you wrote, as a picture",
        "search": "search all weeks (/search hot pot)",
        "settings": "time zone, times, sections and more",
        "help": "how it works",
    },
)
