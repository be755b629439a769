"""The pages of `/settings`, and whatever a button may say."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from telegram.constants import MessageLimit

from bot.chat.callbacks import pack, unpack
from bot.chat.settings.changing import SeveralZonesError, change
from bot.chat.settings.faults import REFUSALS, fault_words
from bot.chat.settings.names import MENU, Setting
from bot.chat.settings.pages import page, zones_found
from bot.chat.settings.typing import setting_called, split_command
from bot.chat.settings.values import View
from bot.domain.entry import ChatId
from bot.domain.journal import Language
from bot.domain.schedule import WeeklyTime
from bot.domain.sections import added
from bot.i18n import phrases_for
from bot.services.access import Access, JournalDefaults
from bot.services.configuring import Configuring
from bot.services.owners import Owners
from bot.storage.database import Database
from bot.storage.migrations import migrate
from tests.chat.journals import journal_of
from tests.clock import START, FakeClock

_NOW = datetime(2026, 11, 25, 13, 35, tzinfo=UTC)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_OTHER_LANGUAGE = {"中文", "#生活", "#技术"}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("setting", list(Setting))
@pytest.mark.parametrize("holds", [True, False])
def test_every_page_can_be_sent_and_speaks_one_language(
    setting: Setting, language: Language, holds: bool
) -> None:
    """Its buttons fit, come back as they were, and its words are those of the language."""
    saying = page(View(journal_of(language), _NOW, holds), setting, "life")
    assert 0 < len(saying.text.text) < MessageLimit.MAX_TEXT_LENGTH
    assert saying.rows or setting is Setting.MENU
    for row in saying.rows:
        for words, button in row:
            assert words.strip()
            assert unpack(pack(button)) == button
    if language == "en":
        shown = f"{saying.text.text} {' '.join(w for row in saying.rows for w, _ in row)}"
        assert [w for w in shown.split() if _HAN.search(w) and w not in _OTHER_LANGUAGE] == []


def test_all_sections_there_can_be_fit() -> None:
    """With the longest headings and tags."""
    journal = journal_of("zh")
    sections = journal.all_sections
    for number in range(10):
        heading = f"{number}栏{'长' * 37}"
        sections = added(sections, f"{heading} #{'签' * 30}{number}栏")
    full = View(replace(journal, all_sections=sections), _NOW)
    for setting in (Setting.MENU, Setting.SECTIONS, Setting.SECTION):
        saying = page(full, setting, sections[-1].key)
        assert len(saying.text.text) < MessageLimit.MAX_TEXT_LENGTH
        assert all(unpack(pack(button)) == button for row in saying.rows for _, button in row)


def test_zones_that_were_found_are_offered_with_their_time() -> None:
    """In the words of the language."""
    saying = zones_found(View(journal_of("en"), _NOW), "+8", ["Asia/Shanghai", "Etc/GMT-8"])
    assert [words for words, _ in saying.rows[0]] == ["Shanghai 21:35", "Always UTC+8 21:35"]


@pytest.mark.parametrize(
    ("text", "setting", "value"),
    [
        ("/settings", None, ""),
        ("/settings@weeknotes_bot zone Asia/Tokyo", Setting.ZONE, "Asia/Tokyo"),
        ("/settings 草稿 周日 20:00", Setting.DRAFT, "周日 20:00"),
        ("/settings  DRAFT  sun 20:00", Setting.DRAFT, "sun 20:00"),
        ("/settings document {{ body }}\nend", Setting.DOCUMENT, "{{ body }}\nend"),
        ("/settings 时区", Setting.ZONE, ""),
        ("/settings Link titles off", Setting.LINKS, "off"),
        ("/settings end of the day 04:00", Setting.DAY_END, "04:00"),
        ("/settings file  format {{ body }}\n\nend", Setting.DOCUMENT, "{{ body }}\n\nend"),
        ("/settings Picture paths", Setting.PICTURES, ""),
    ],
)
def test_settings_are_typed_by_their_names(text: str, setting: Setting | None, value: str) -> None:
    """In either language; the value is all that follows."""
    name, rest = split_command(text)
    assert (setting_called(name), rest) == (setting, value)


def test_no_two_settings_have_one_name() -> None:
    """Whatever is typed means one of them."""
    for language in ("zh", "en"):
        words = phrases_for(language).settings
        for setting in MENU:
            for name in (setting.value, *words.typed_names[setting].split()):
                assert setting_called(name) is setting, name


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """A database of the present schema."""
    async with await Database.open(tmp_path / "weeknotes.db") as database:
        await migrate(database, START)
        yield database


@pytest.mark.parametrize(
    ("setting", "words", "answer"),
    [
        # It is 13:35 in Greenwich, and no clock is seven hours and a half before that.
        (Setting.ZONE, "21:05", "Nowhere is it “21:05” now. Write the time"),
        (Setting.ZONE, "99:99", "Nowhere is it “99:99” now."),
        (Setting.ZONE, "Atlantis", "I don't know which zone “Atlantis” is."),
        (Setting.DOCUMENT, "Wordpress", "There is no format “Wordpress”. Write plain, hugo"),
        (Setting.DOCUMENT, "week {{ week }}", "Every week's file would say the same:\nit leaves"),
    ],
)
async def test_a_value_that_will_not_do_is_answered_with_one_that_will(
    database: Database, setting: Setting, words: str, answer: str
) -> None:
    """Never with the advice that was just followed."""
    defaults = JournalDefaults("en", ZoneInfo("Asia/Shanghai"), WeeklyTime.parse("sun 20:00"))
    access = Access(database, FakeClock(), Owners(database, {1001}), defaults)
    journal = await access.open_private(ChatId(1001))
    with pytest.raises(REFUSALS) as raised:
        await change(Configuring(database), journal, setting, words, _NOW)
    said = fault_words(phrases_for("en").settings, raised.value)
    assert said.startswith(answer)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(setting=st.sampled_from(Setting), words=st.text(max_size=20), about=st.text(max_size=6))
async def test_whatever_a_button_says_there_is_an_answer(
    database: Database, setting: Setting, words: str, about: str
) -> None:
    """It is set, or refused in words; the page shows what is so then."""
    defaults = JournalDefaults("zh", ZoneInfo("Asia/Shanghai"), WeeklyTime.parse("sun 20:00"))
    access = Access(database, FakeClock(), Owners(database, {1001}), defaults)
    journal = await access.open_private(ChatId(1001))
    configuring = Configuring(database)
    answer = "done"
    try:
        await change(configuring, journal, setting, words, _NOW, about)
    except REFUSALS as error:
        answer = fault_words(phrases_for("zh").settings, error)
    except SeveralZonesError as error:
        answer = " ".join(error.zones)
    assert answer
    now = await configuring.present(journal)
    assert now.sections
    assert page(View(now, _NOW), setting, about).text
