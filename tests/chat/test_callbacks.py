"""Buttons as typed values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.callbacks import (
    Button,
    ChangeSetting,
    DiscardEntry,
    FileEntry,
    OpenSetting,
    RestoreEntry,
    SendFile,
    ShowWeek,
    TooLongForButtonError,
    TypeSetting,
    pack,
    unpack,
)
from bot.chat.forget_buttons import ForgetAll
from bot.chat.line_buttons import (
    Act,
    DoAsked,
    LineToSection,
    LineToWeek,
    OnLine,
    PutBack,
    ShowDeleted,
    TurnTo,
)
from bot.chat.people_buttons import RemovePerson, Revoke, ShowPeople, ShutGroup
from bot.chat.search_buttons import FoundLine, SearchPages
from bot.chat.settings.names import Setting
from bot.chat.stats_buttons import ShowStats
from bot.chat.week_buttons import (
    FinishWeek,
    ListWeek,
    PageWeeks,
    RefreshWeek,
    ReopenWeek,
    WritePart,
)
from bot.domain.entry import EntryId, JournalId, NodeId, Part
from bot.domain.outlining.fingerprints import LENGTH
from bot.domain.week import IsoWeek
from bot.services.inviting import InvitationId
from bot.services.searching import SearchId

_IDS = st.integers(1, 2**62).map(EntryId)
_LINES = st.integers(1, 2**62).map(NodeId)
_WEEKS = st.builds(IsoWeek, st.integers(1970, 2199), st.integers(1, 52))
_SETTINGS = st.sampled_from(Setting)
_VALUES = st.text(max_size=10)
_KEYS = st.from_regex(r"[a-z0-9-]{1,40}", fullmatch=True)
_SHOWN = st.text("abcDEF019-_", min_size=LENGTH, max_size=LENGTH)
_BUTTONS = st.one_of(
    st.builds(OnLine, st.sampled_from(Act), _LINES, _SHOWN),
    st.builds(LineToSection, _LINES, _SHOWN, st.text("abcXYZ-_", min_size=6, max_size=6)),
    st.builds(LineToWeek, _LINES, _SHOWN, _WEEKS),
    st.builds(TurnTo, _WEEKS, st.integers(0, 9999)),
    st.builds(FoundLine, _LINES),
    st.just(ShowPeople()),
    st.builds(ForgetAll, st.integers(1, 2**62).map(JournalId), st.booleans()),
    st.builds(Revoke, st.integers(1, 2**62).map(InvitationId), st.booleans()),
    st.builds(RemovePerson, st.integers(1, 2**52), st.booleans()),
    st.builds(ShutGroup, st.integers(1, 2**62).map(JournalId), st.booleans()),
    st.builds(ShowStats, st.none() | st.integers(1900, 2199), st.booleans()),
    st.builds(SearchPages, st.integers(1, 2**62).map(SearchId), st.integers(0, 9999)),
    st.just(DoAsked()),
    st.builds(ShowDeleted, _WEEKS),
    st.builds(PutBack, _WEEKS, _IDS, st.none() | _LINES),
    st.builds(FileEntry, _IDS, _KEYS),
    st.builds(DiscardEntry, _IDS),
    st.builds(RestoreEntry, _IDS),
    st.builds(ShowWeek, _WEEKS),
    st.builds(SendFile, _WEEKS, st.booleans()),
    st.builds(OpenSetting, _SETTINGS, _VALUES),
    st.builds(ChangeSetting, _SETTINGS, _VALUES),
    st.builds(TypeSetting, _SETTINGS, _VALUES),
    st.builds(ListWeek, _WEEKS, st.integers(0, 9999)),
    st.builds(RefreshWeek, _WEEKS),
    st.builds(FinishWeek, _WEEKS),
    st.builds(ReopenWeek, _WEEKS),
    st.builds(PageWeeks, st.none() | st.integers(1900, 2199), st.integers(0, 9999)),
    st.builds(WritePart, _WEEKS, st.sampled_from(Part), st.none() | _KEYS),
)


@given(_BUTTONS)
def test_unpack_is_the_inverse_of_pack(button: Button) -> None:
    """Every button comes back as it was, and fits."""
    data = pack(button)
    assert len(data.encode()) <= 64
    assert unpack(data) == button


def test_what_does_not_fit_is_refused_when_it_is_made() -> None:
    """The limit is in bytes, not in characters."""
    with pytest.raises(TooLongForButtonError):
        pack(FileEntry(EntryId(1), "节" * 21))


@given(st.text())
def test_made_up_data_is_never_an_error(data: str) -> None:
    """People can send a button's data without the button."""
    unpack(data)
    for kind in (*"fdbwzmoctle", "fresh", "done", "open", "part", "weeks"):
        unpack(f"{kind}:{data}")
    for kind in "cudiomkpyqnb":
        unpack(f"e:{kind}:{data}")


def test_a_week_that_does_not_exist_is_no_button() -> None:
    """Made-up weeks are refused like any other made-up data."""
    assert unpack("w:2026-W60") is None
    # Such weeks are in the calendar, but the last one has no Sunday.
    for week in ("9999-W52", "2200-W01", "1899-W52", "0001-W01"):
        for data in (f"w:{week}", f"l:{week}:0", f"done:{week}", f"part:{week}:summary:"):
            assert unpack(data) is None
    assert unpack("z:last") is None
