"""Finding tags and week marks, by the cases in `cases/tags.md` and `cases/weekmarks.md`."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.entry import Part, SectionSpec
from bot.domain.grammar.message import ParsedMessage, parse_message
from bot.domain.grammar.weekmarks import BadWeek, Last, WeekMark, WeekNumber, resolve
from bot.domain.text import RichText, Span, Style
from bot.domain.week import IsoWeek
from tests.domain.case_files import marked_text, rows

SECTIONS = (
    SectionSpec("life", "生活", ("life", "生活")),
    SectionSpec("tech", "技术", ("tech", "技术")),
)


def _place(message: ParsedMessage) -> str:
    nowhere = "-" if message.tagged else "?"
    part = "" if message.part is Part.ITEM else f" {message.part}"
    return f"{message.section or nowhere}{part}"


def _mark(words: str) -> WeekMark | None:
    kind, _, rest = words.partition(" ")
    match kind:
        case "-":
            return None
        case "last":
            return Last(int(rest or 1))
        case "week":
            return WeekNumber(int(rest))
        case "bad":
            return BadWeek(rest)
    return IsoWeek.parse(words) if "W" in words else date.fromisoformat(words)


_TAG_TABLES = (
    "Sections",
    "Where a tag ends",
    "What is no tag",
    "The first one wins",
    "A colon at the start",
    "Commands",
    "Parts",
)
_MARK_TABLES = (
    "In a message",
    "With a tag",
    "With a colon",
    "Without blanks",
    "What is no mark",
)


@pytest.mark.parametrize(
    ("message", "place", "left"),
    [row for table in _TAG_TABLES for row in rows("tags.md", table)],
)
def test_tags(message: str, place: str, left: str) -> None:
    """The tags give the place of the case and leave its text, in a caption too."""
    text = marked_text(message)
    parsed = parse_message(text, SECTIONS, bot_username="weeknotes_bot")
    assert (_place(parsed), parsed.body.text) == (place, marked_text(left).text)
    assert parsed.bare == (not left)
    if "`" not in message:  # in a caption fences stay as typed
        caption = parse_message(text, SECTIONS, caption=True, bot_username="@Weeknotes_bot")
        assert _place(caption) == place
        assert caption.body.text.split() == parsed.body.text.split()


@pytest.mark.parametrize(
    ("message", "mark", "left"),
    [row for table in _MARK_TABLES for row in rows("weekmarks.md", table)],
)
def test_marks(message: str, mark: str, left: str) -> None:
    """The mark is the one of the case, and leaves its text."""
    parsed = parse_message(marked_text(message), SECTIONS)
    assert (parsed.week, parsed.body.text) == (_mark(mark), marked_text(left).text)
    assert parsed.bare == (not left)


@pytest.mark.parametrize(
    ("message", "mark", "left"), rows("weekmarks.md", "Weeks that do not exist")
)
def test_bad_weeks(message: str, mark: str, left: str) -> None:
    """A week that does not exist leaves an untagged item with the mark in its text."""
    parsed = parse_message(marked_text(message), SECTIONS)
    assert (parsed.week, parsed.body.text) == (_mark(mark), left)
    assert (parsed.section, parsed.part, parsed.tagged) == (None, Part.ITEM, False)
    assert [item.text.text for item in parsed.items] == [left]


@pytest.mark.parametrize(("mark", "day", "week"), rows("weekmarks.md", "Seen from a day"))
def test_resolving(mark: str, day: str, week: str) -> None:
    """A mark means the week of the case in a message of that day."""
    found = _mark(mark)
    assert found is not None
    meant = resolve(found, date.fromisoformat(day))
    assert meant == (None if week == "-" else IsoWeek.parse(week))


def test_a_bare_bad_week_is_bare() -> None:
    """A tag with a week that does not exist says nothing else."""
    assert parse_message(RichText("#life @2026-w60"), SECTIONS).bare


@pytest.mark.parametrize("message", ["", " ", "\n", "　"])
def test_nothing_is_not_bare(message: str) -> None:
    """A text without a tag or mark is not bare, and makes no items where there is nothing."""
    parsed = parse_message(RichText(message), SECTIONS)
    assert (parsed.bare, parsed.items, parsed.body.text) == (False, (), "")


@pytest.mark.parametrize("name", ["life", "anyone"])
def test_a_command_without_a_known_username(name: str) -> None:
    """While the bot's name is not known, a command with any name is its own."""
    assert parse_message(RichText(f"/life@{name} x"), SECTIONS).section == "life"


@pytest.mark.parametrize(
    ("message", "section", "left"),
    [
        ("#生活圈今天", "circle", "今天"),
        ("#生活今天", "life", "今天"),
        ("吃饭 #生活圈", "circle", "吃饭"),
        ("#q4 x", "quarter", "x"),
        ("#q42 x", None, "#q42 x"),
        ("#c++ x", "cpp", "x"),
        ("#CPP x", "cpp", "x"),
        ("#teſt x", "test", "x"),
        ("#İ x", "i", "x"),
        ("/cpp x", "cpp", "x"),
        ("c++：x", "cpp", "x"),
        ("#总结 x", "circle", "x"),
    ],
)
def test_a_journal_names_its_sections(message: str, section: str | None, left: str) -> None:
    """Sections have the names a journal gives them; of two that fit the longer is meant."""
    sections = (
        SectionSpec("life", "生活", ("生活",)),
        SectionSpec("circle", "生活圈", ("生活圈", "总结")),
        SectionSpec("quarter", "Q4", ("q4",)),
        SectionSpec("cpp", "C++", ("c++", "生活圈", "")),
        SectionSpec("test", "Test", ()),
        SectionSpec("i", "I", ()),
    )
    parsed = parse_message(RichText(message), sections)
    assert (parsed.section, parsed.body.text) == (section, left)


def test_without_sections() -> None:
    """A journal without sections still has the tags of the parts."""
    parsed = parse_message(RichText("#life #summary x"), ())
    assert (_place(parsed), parsed.body.text) == ("- summary", "#life x")


def test_formatting_stays_where_it_was() -> None:
    """Taking a tag out leaves every other span on its words, and one over the tag in one piece."""
    text = RichText(
        "吃了 #life 火锅 @last",
        (
            Span(0, 11, Style.BOLD),
            Span(3, 8, Style.HASHTAG),
            Span(9, 11, Style.ITALIC),
            Span(12, 17, Style.MENTION),
        ),
    )
    parsed = parse_message(text, SECTIONS)
    assert parsed.body == RichText("吃了 火锅", (Span(0, 5, Style.BOLD), Span(3, 5, Style.ITALIC)))


def test_what_telegram_marked_as_a_tag_is_no_tag_any_more() -> None:
    """The rest of a run that Telegram marked as one hashtag is plain text."""
    parsed = parse_message(marked_text("⟦hashtag:#生活今天⟧ ⟦hashtag:#吃饭⟧"), SECTIONS)
    assert parsed.body == RichText("今天 #吃饭", (Span(3, 6, Style.HASHTAG),))


def test_a_caption_is_one_line() -> None:
    """Line breaks in a caption become one blank each, its formatting goes on over them."""
    text = marked_text("#life ⟦bold:新⏎⏎ 玩具⟧⏎- 好看")
    parsed = parse_message(text, SECTIONS, caption=True)
    assert parsed.body == RichText("新 玩具 - 好看", (Span(0, 4, Style.BOLD),))
    assert parsed.items == ()


_SIGNS = [
    "#life",
    "#生活",
    "＃技术",
    "#summary",
    "life:",
    "/life",
    "@last",
    "@40",
    "@2026-w60",
    "@上周",
]
_WORDS = [
    "火锅",
    "a",
    "C",
    "https://x.cn/",
    "`",
    "```",
    "[",
    "](",
    ")",
    ",",
    "：",
    ":",
    "_",
    ">",
    "🎉",
]
_BETWEEN = [" ", "\n", "　", "\t", "\r", "\x00", "\u2028", "- ", "--", "—", "1.", "（1）"]
_PIECES = st.sampled_from([*_SIGNS, *_WORDS, *_BETWEEN])
MESSAGES = st.one_of(st.lists(_PIECES, max_size=25).map("".join), st.text(max_size=40))
_STYLES = st.sampled_from(Style)


@st.composite
def rich_texts(draw: st.DrawFn) -> RichText:
    """Any text, with spans anywhere in it."""
    text = draw(MESSAGES)
    borders = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    spans = [
        Span(min(pair), max(pair), draw(_STYLES))
        for pair in draw(st.lists(borders, max_size=4))
        if pair[0] != pair[1]
    ]
    return RichText(text, tuple(sorted(spans, key=lambda span: (span.start, -span.end))))


def visible(text: str) -> str:
    """The characters of the text that are not white space."""
    return "".join(text.split())


def is_within(part: str, whole: str) -> bool:
    """Whether the characters of `part` stand in `whole` in the same order."""
    characters = iter(whole)
    return all(character in characters for character in part)


@given(rich_texts(), st.booleans())
def test_any_text_is_read(text: RichText, caption: bool) -> None:
    """Whatever the text, what is left comes from it in order and its spans lie inside."""
    parsed = parse_message(text, SECTIONS, caption=caption)
    assert is_within(visible(parsed.body.text), visible(text.text))
    assert all(0 <= span.start < span.end <= len(parsed.body.text) for span in parsed.body.spans)
    assert [*parsed.body.spans] == sorted(parsed.body.spans, key=lambda s: (s.start, -s.end))


@given(st.text(alphabet="火锅ab,。:-1.\n　 @_", max_size=60))
def test_a_text_without_signs_is_left_as_it_is(text: str) -> None:
    """Without a tag or mark nothing of the text is taken out."""
    parsed = parse_message(RichText(text), SECTIONS)
    if parsed.week is None:
        assert parsed.body.text == text.strip()
        assert (parsed.section, parsed.part, parsed.tagged) == (None, Part.ITEM, False)


@given(
    st.lists(st.sampled_from(["火锅", "a", "b,", "。", "\n", " "]), min_size=1, max_size=12),
    st.integers(0, 12),
    st.sampled_from(["#life", "＃技术", "#TECH"]),
)
def test_a_tag_between_blanks_is_found_anywhere(words: list[str], at: int, tag: str) -> None:
    """A tag with blanks around it is found wherever it stands, and nothing else goes."""
    before, after = "".join(words[:at]), "".join(words[at:])
    parsed = parse_message(RichText(f"{before} {tag} {after}"), SECTIONS)
    assert parsed.section in {"life", "tech"}
    assert visible(parsed.body.text) == visible(before + after)
