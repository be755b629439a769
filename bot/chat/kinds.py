"""Kinds of messages that are no text by themselves and become text: a poll, a place, a list.

The first line is the item, the lines with `- ` go below it. Source: the Bot API's page, at each
kind's object.
"""

from __future__ import annotations

from telegram import Checklist, ChecklistTask, Contact, Location, Message, Poll, Story, Venue

from bot.chat.origins import story_address, title_of
from bot.chat.rich_messages import has_media, rich_message_text
from bot.chat.wording import formatted, lines_of, linked, name, one_line, whole
from bot.domain.grammar.cutting import joined
from bot.domain.text import RichText, Span, Style
from bot.i18n import phrases_for

# What a person can send and nothing of which can be had or shown.
UNKEPT = ("game", "invoice", "paid_media", "giveaway", "giveaway_winners")
RICH_MEDIA = "rich_media"
OTHER = "other"

_BULLET = RichText("- ")


def described(message: Message, language: str) -> RichText:
    """What the message says beside its text, in words; empty for a kind without any."""
    words = phrases_for(language).labels
    # A venue also carries its location.
    if message.venue is not None:
        return _venue(message.venue)
    if message.location is not None:
        return RichText(f"{words['location']} ") + _location(message.location)
    if message.contact is not None:
        return _contact(message.contact)
    if message.poll is not None:
        return _poll(message.poll)
    if message.checklist is not None:
        return _checklist(message.checklist)
    if message.dice is not None:
        return RichText(f"{whole(message.dice.emoji)} {message.dice.value}")
    if message.story is not None:
        return RichText(f"{words['story']} ") + _story(message.story)
    if message.sticker is not None:
        return RichText(name(message.sticker.emoji) or words["sticker"])
    return rich_message_text(message.api_kwargs.get("rich_message"))


def unkept(message: Message, *, has_file: bool, has_text: bool) -> str:
    """The kind of what hangs on the message and is lost; empty where nothing is."""
    if message.text is not None or has_file:
        return ""
    for kind in UNKEPT:
        if getattr(message, kind):
            return kind
    if has_media(message.api_kwargs.get("rich_message")):
        return RICH_MEDIA
    # A caption is of something: what that is, the library does not know yet.
    return OTHER if message.caption is not None or not has_text else ""


def is_live_location(message: Message) -> bool:
    """Whether the message is a location that moves, or did: edits of it are nobody's words.

    The last edit, which ends it, has no period any more; but no other location is ever edited.
    """
    location = message.location
    if location is None or message.venue is not None:
        return False
    # The attribute itself warns that its type is going to change.
    return bool(location.to_dict().get("live_period")) or message.edit_date is not None


def _venue(venue: Venue) -> RichText:
    parts = (name(venue.title), name(venue.address))
    shown = ", ".join(part for part in parts if part)
    return linked(shown, _map(venue.location)) if shown else _location(venue.location)


def _location(location: Location) -> RichText:
    shown = f"{location.latitude:.4f}, {location.longitude:.4f}"
    return linked(shown, _map(location))


def _map(location: Location) -> str:
    latitude, longitude = f"{location.latitude:.6f}", f"{location.longitude:.6f}"
    # What Telegram rounds to is about a metre; zeros at the end say nothing.
    latitude, longitude = (value.rstrip("0").rstrip(".") for value in (latitude, longitude))
    marker = f"mlat={latitude}&mlon={longitude}"
    return f"https://www.openstreetmap.org/?{marker}#map=16/{latitude}/{longitude}"


def _contact(contact: Contact) -> RichText:
    who = name(f"{contact.first_name} {contact.last_name or ''}")
    number = name(contact.phone_number)
    phone = RichText(number, (Span(0, len(number), Style.PHONE),) if number else ())
    return joined([part for part in (RichText(who), phone) if part], " ")


def _poll(poll: Poll) -> RichText:
    question = one_line(formatted(poll.question, poll.question_entities))
    about = lines_of(formatted(poll.description or "", poll.description_entities))
    options = (one_line(formatted(o.text, o.text_entities)) for o in poll.options)
    return joined([question, *about, *(_BULLET + option for option in options)], "\n")


def _checklist(checklist: Checklist) -> RichText:
    title = one_line(formatted(checklist.title, checklist.title_entities))
    return joined([title, *map(_task, checklist.tasks)], "\n")


def _task(task: ChecklistTask) -> RichText:
    # The library gives the first second of 1970 for a task that is not done.
    is_dated = task.completion_date is not None and task.completion_date.timestamp() > 0
    is_done = is_dated or task.completed_by_user is not None or task.completed_by_chat is not None
    box = RichText("- ☑ " if is_done else "- ☐ ")
    return box + one_line(formatted(task.text, task.text_entities))


def _story(story: Story) -> RichText:
    return linked(title_of(story.chat), story_address(story.chat, story.id))
