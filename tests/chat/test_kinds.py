"""Kinds that become text, and kinds that cannot be kept."""

from __future__ import annotations

from typing import Any

import pytest
from telegram.constants import MessageType

from bot.chat.incoming import is_live_location, to_incoming
from bot.chat.kinds import OTHER, RICH_MEDIA, UNKEPT
from bot.domain.grammar.outline import outline
from bot.domain.text import RichText, Span, Style
from bot.i18n import phrases_for
from tests.chat.every_kind import SAMPLES
from tests.chat.messages import ANN, CHANNEL, Json, parsed

_PLACE: Json = {"latitude": 31.2304, "longitude": 121.4737}
_MAP = "https://www.openstreetmap.org/?mlat=31.2304&mlon=121.4737#map=16/31.2304/121.4737"


def _text(language: str = "en", /, **fields: Any) -> RichText:
    return to_incoming(parsed(fields), language, edited=False).text


def _unkept(**fields: Any) -> str:
    return to_incoming(parsed(fields), "en", edited=False).unkept


def test_locations() -> None:
    """A location is a link to a map, behind its kind's word in the journal's language."""
    shown = Span(3, 20, Style.LINK, _MAP)
    assert _text("zh", location=_PLACE) == RichText("位置 31.2304, 121.4737", (shown,))
    assert _text(location=_PLACE).text == "location 31.2304, 121.4737"


def test_locations_of_every_sign() -> None:
    """The link is as exact as Telegram is, what is shown a little less."""
    (span,) = _text(location={"latitude": -33.856784, "longitude": 0}).spans
    assert span.value.endswith("?mlat=-33.856784&mlon=0#map=16/-33.856784/0")


def test_venues() -> None:
    """A venue is its title and address, linked to a map; its location is not said again."""
    venue = {"location": _PLACE, "title": "茶馆", "address": "1 Lake Road"}
    text = _text(venue=venue, location=_PLACE)
    assert text == RichText("茶馆, 1 Lake Road", (Span(0, 15, Style.LINK, _MAP),))


def test_contacts() -> None:
    """A contact is the name and the phone number, without what else the card says."""
    contact = {"phone_number": "+86138", "first_name": "Bo", "last_name": "Wu", "vcard": "BEGIN"}
    assert _text(contact=contact) == RichText("Bo Wu +86138", (Span(6, 12, Style.PHONE),))


def test_polls() -> None:
    """A poll is its question with an option on each line below, formatted as they were."""
    poll = SAMPLES[MessageType.POLL]["poll"] | {
        "question": "Dinner?\n#life",
        "question_entities": [{"type": "bold", "offset": 0, "length": 7}],
        "description": "tonight",
    }
    text = _text(poll=poll)
    assert text.text == "Dinner? #life\ntonight\n- Rice\n- Soup"
    assert text.spans == (Span(0, 7, Style.BOLD),)


def test_checklists() -> None:
    """A checklist is its title with a box before each task, ticked where it is done."""
    done = {"completion_date": 1_696_500_000, "completed_by_user": ANN}
    tasks = [
        {"id": 1, "text": "milk", "text_entities": [{"type": "italic", "offset": 0, "length": 4}]},
        {"id": 2, "text": "tea"} | done,
        {"id": 3, "text": "rice", "completion_date": 0},
    ]
    text = _text(checklist={"title": "Shopping", "tasks": tasks})
    assert text.text == "Shopping\n- ☐ milk\n- ☑ tea\n- ☐ rice"
    assert text.spans == (Span(13, 17, Style.ITALIC),)
    (item,) = outline(text)
    assert [child.text.text for child in item.children] == ["☐ milk", "☑ tea", "☐ rice"]


def test_dice() -> None:
    """A die is its emoji and what it shows."""
    assert _text(dice={"emoji": "🎯", "value": 5}).text == "🎯 5"


def test_stories() -> None:
    """A story is whose it is, linked to it where the chat has a public name."""
    address = "https://t.me/news/s/3"
    shown = RichText("story News 新闻", (Span(6, 13, Style.LINK, address),))
    assert _text(story={"chat": CHANNEL, "id": 3}) == shown
    assert _text("zh", story={"chat": ANN | {"type": "private"}, "id": 3}).text == "动态 Ann Li"


def test_captions_come_first() -> None:
    """What is said about a thing stands above what it is."""
    assert _text(caption="throw", dice={"emoji": "🎲", "value": 1}).text == "throw\n🎲 1"


@pytest.mark.parametrize("kind", UNKEPT)
def test_what_cannot_be_kept_is_named(kind: str) -> None:
    """A kind that cannot be kept has a word of its own in both languages."""
    assert _unkept(**SAMPLES[MessageType(kind)]) == kind
    for language in ("en", "zh"):
        assert kind in phrases_for(language).kinds


def test_paid_media_with_a_caption_is_both() -> None:
    """The caption is kept, and that the media are not is told."""
    paid = {"star_count": 5, "paid_media": [{"type": "preview"}]}
    incoming = to_incoming(parsed({"paid_media": paid, "caption": "hi"}), "en", edited=False)
    assert (incoming.text.text, incoming.unkept) == ("hi", "paid_media")


def test_rich_messages_with_media() -> None:
    """A rich message is its words, and that its pictures are lost is told."""
    photo = {"type": "photo", "photo": [], "caption": {"text": "lake"}}
    blocks = [{"type": "paragraph", "text": "walk"}, photo]
    incoming = to_incoming(parsed({"rich_message": {"blocks": blocks}}), "en", edited=False)
    assert (incoming.text.text, incoming.unkept) == ("walk\nlake", RICH_MEDIA)
    assert _unkept(rich_message={"blocks": blocks[:1]}) == ""
    assert RICH_MEDIA in phrases_for("en").kinds


def test_unknown_kinds() -> None:
    """A kind that does not exist yet is not kept; with text beside it, nothing is lost."""
    assert _unkept(hologram={"id": 1}) == OTHER
    assert _unkept(hologram={"id": 1}, caption="see") == OTHER
    assert _unkept(hologram={"id": 1}, text="see") == ""
    assert OTHER in phrases_for("en").kinds


def test_live_locations() -> None:
    """A location that moves is known, also by its last edit, which has no period any more."""
    live = parsed({"location": _PLACE | {"live_period": 900}})
    ended = parsed({"location": _PLACE, "edit_date": 1_696_500_900})
    assert is_live_location(live)
    assert is_live_location(ended)
    assert not is_live_location(parsed({"location": _PLACE}))
    assert not is_live_location(parsed({"text": "hi", "edit_date": 1_696_500_900}))
