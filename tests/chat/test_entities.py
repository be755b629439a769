"""Entities at the border: UTF-16 outside, characters inside."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import MessageEntity, User

from bot.chat.entities import Mark, rich_text, to_entities
from bot.domain.text import RichText, Span, Style

_WRITTEN = [s for s in Style if s not in (Style.CUSTOM_EMOJI, Style.DATE_TIME)]
# One unit, two units, joined by ZWJ, combining and alone: what offsets go wrong on.
_PIECES = st.sampled_from(["a", "周", "😀", "👩‍💻", "\u0301", "\u200d", "🇨🇳", "\n", " ", "𠮷"])
_TEXTS = st.lists(_PIECES, max_size=12).map("".join)


@st.composite
def _rich_texts(draw: st.DrawFn) -> RichText:
    text = draw(_TEXTS)
    spans = []
    if text:
        for style in draw(st.lists(st.sampled_from(_WRITTEN), max_size=5)):
            start = draw(st.integers(0, len(text) - 1))
            end = draw(st.integers(start + 1, len(text)))
            spans.append(Span(start, end, style, draw(_values(style))))
    return RichText(text, tuple(spans))


def _values(style: Style) -> st.SearchStrategy[str]:
    match style:
        case Style.LINK:
            return st.just("https://example.org/?q=周")
        case Style.PRE:
            return st.sampled_from(["", "python"])
        case Style.TEXT_MENTION:
            return st.integers(1, 2**52).map(str)
        case _:
            return st.just("")


@given(_rich_texts())
def test_entities_of_a_text_give_the_same_text(text: RichText) -> None:
    """`rich_text` takes back what `to_entities` made."""
    assert rich_text(text.text, to_entities(text)) == text


@given(_rich_texts())
def test_offsets_count_utf16_units(text: RichText) -> None:
    """Cutting the UTF-16 text at an entity's offsets gives the characters of its span."""
    units = text.text.encode("utf-16-le")
    for span, entity in zip(text.spans, to_entities(text), strict=True):
        cut = units[2 * entity.offset : 2 * (entity.offset + entity.length)]
        assert cut.decode("utf-16-le") == text.text[span.start : span.end]


@given(
    text=st.text(st.characters(max_codepoint=0xFFFF), max_size=8),
    places=st.lists(st.tuples(st.integers(-3, 12), st.integers(-3, 12)), max_size=3),
)
def test_a_text_without_surrogate_pairs_is_read_like_any_other(
    text: str, places: list[tuple[int, int]]
) -> None:
    """A character of two units behind it changes nothing before it."""
    marks = [Mark("bold", offset, length) for offset, length in places]
    assert rich_text(f"{text}😀", marks).slice(0, len(text)) == rich_text(text, marks)


@given(
    _TEXTS,
    st.lists(
        st.builds(
            MessageEntity,
            st.sampled_from([*MessageEntity.ALL_TYPES, "hologram"]),
            st.integers(-5, 40),
            st.integers(-5, 40),
        ),
        max_size=5,
    ),
)
def test_malformed_offsets_never_raise(text: str, entities: list[MessageEntity]) -> None:
    """Whatever the offsets, every span lies inside the text and is not empty."""
    for span in rich_text(text, entities).spans:
        assert 0 <= span.start < span.end <= len(text)


@pytest.mark.parametrize("kind", MessageEntity.ALL_TYPES)
def test_every_type_of_the_library_is_read(kind: str) -> None:
    """No type of entity that the library knows is lost on the way in."""
    (span,) = rich_text("周报", [MessageEntity(kind, 0, 2)]).spans
    assert span == Span(0, 2, Style(kind))


def test_unknown_types_are_ignored() -> None:
    """An entity of a type that does not exist yet leaves the text as it is."""
    assert rich_text("abc", [MessageEntity("hologram", 0, 3)]) == RichText("abc")


def test_half_a_pair_is_the_whole_character() -> None:
    """An offset inside a surrogate pair takes the character in."""
    entities = [MessageEntity("bold", 2, 1), MessageEntity("italic", 1, 1)]
    assert rich_text("a😀b", entities).spans == (
        Span(1, 2, Style.BOLD),
        Span(1, 2, Style.ITALIC),
    )


def test_values_are_read() -> None:
    """A link keeps its address, a code block its language, a mention its user's id."""
    entities = [
        MessageEntity("text_link", 0, 1, url="https://example.org"),
        MessageEntity("pre", 1, 1, language="rust"),
        MessageEntity("text_mention", 2, 1, user=User(42, "Ann", is_bot=False)),
    ]
    assert [s.value for s in rich_text("abc", entities).spans] == [
        "https://example.org",
        "rust",
        "42",
    ]


def test_entities_can_be_sent() -> None:
    """What is made for sending is what the Bot API's page asks for."""
    text = RichText("😀 hi", (Span(2, 4, Style.LINK, "https://example.org"),))
    assert [json.loads(e.to_json()) for e in to_entities(text)] == [
        {"type": "text_link", "offset": 3, "length": 2, "url": "https://example.org"}
    ]


def test_custom_emoji_and_dates_are_not_written() -> None:
    """Entities whose data a span does not keep stay plain text when sent."""
    text = RichText("😀 8:00", (Span(0, 1, Style.CUSTOM_EMOJI), Span(2, 6, Style.DATE_TIME)))
    assert to_entities(text) == []
