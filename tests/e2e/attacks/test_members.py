"""A member, and a group, reach for what is somebody else's: they find their own, or nothing."""

from __future__ import annotations

import hashlib
import zipfile
from io import BytesIO
from typing import Final

import pytest

from tests.e2e.attacks.stage import (
    COLLEAGUE,
    MEMBER,
    SECRET,
    STRANGER,
    VICTIM,
    Json,
    Stage,
    Victim,
    is_told,
    sender,
)

pytestmark = [pytest.mark.asyncio(loop_scope="package"), pytest.mark.attack]


_PLACES: Final = [
    pytest.param(MEMBER, False, id="by a member in their own chat"),
    pytest.param(COLLEAGUE, True, id="in a group"),
]
_COMMANDS: Final = [
    "/draft", "/report", "/report 2023-w40", "/report last", "/weeks", "/weeks 2023", "/list",
    "/list 2023-w40", "/search 密", "/search 密 year:2023", "/stats", "/settings",
    "/settings title 别的", "/edit 1.1 换掉", "/move 1.1 tech", "/delete 1.1", "/undo", "/export",
    "/invite", "/people", "/forget_me", "/start", "/start 1", "/start journal_1", "/summary 我的",
]  # fmt: skip


@pytest.mark.parametrize("text", _COMMANDS)
@pytest.mark.parametrize(("user", "in_group"), _PLACES)
async def test_a_command_means_ones_own_journal(
    stage: Stage, victim: Victim, text: str, user: int, *, in_group: bool
) -> None:
    """Whatever it names: weeks, lines and words are those of the chat it is sent in."""
    before = stage.rows(victim.journal), stage.company()
    calls = await stage.say(text, user, stage.group if in_group else None)
    assert calls
    _assert_nothing_told(stage, calls)
    assert (stage.rows(victim.journal), stage.company()) == before


_REPLIES: Final = [
    "下面的", "#tech", "#tech 另外的", "@last", "/delete", "/edit 换掉", "/move tech",
    "/move @last", "/draft", "/list", "/summary", "总结是这样",
]  # fmt: skip


@pytest.mark.parametrize("text", _REPLIES)
@pytest.mark.parametrize(("user", "in_group"), _PLACES)
async def test_a_reply_finds_no_message_of_another_chat(
    stage: Stage, victim: Victim, text: str, user: int, *, in_group: bool
) -> None:
    """Messages of several chats have the same numbers: the chat counts, and it is one's own."""
    chat = stage.group if in_group else user
    before = stage.rows(victim.journal)
    for number in (1, *victim.messages):
        below = stage.message(user, chat, text="…") | {"message_id": number}
        calls = await stage.say(text, user, chat, reply_to_message=below)
        _assert_nothing_told(stage, calls)
    assert stage.rows(victim.journal) == before


@pytest.mark.parametrize("text", ["下面的", "/delete", "/edit 换掉", "#tech"])
async def test_a_reply_across_chats_adds_to_nothing_there(
    stage: Stage, victim: Victim, text: str
) -> None:
    """Telegram shows a reply to another chat's message with its number and chat."""
    before = stage.rows(victim.journal)
    origin = {"type": "user", "date": 1_690_000_000, "sender_user": sender(VICTIM)}
    there = {"origin": origin, "chat": stage.chat(VICTIM), "message_id": victim.messages[0]}
    _assert_nothing_told(stage, await stage.say(text, MEMBER, external_reply=there))
    assert stage.rows(victim.journal) == before


@pytest.mark.parametrize("edited", ["#life 换掉", "/delete", "没有标签"])
async def test_an_edit_finds_no_message_of_another_chat(
    stage: Stage, victim: Victim, edited: str
) -> None:
    """Nor an edit of a message with the number of somebody else's."""
    before = stage.rows(victim.journal)
    for number in (1, 2, 3, *victim.messages):
        message = stage.message(MEMBER, text=edited) | {"message_id": number, "edit_date": 1}
        _assert_nothing_told(stage, await stage.take(edited_message=message))
    assert stage.rows(victim.journal) == before


@pytest.mark.usefixtures("victim")
async def test_who_has_left_the_group_presses_in_vain(stage: Stage) -> None:
    """Nor do their edits count; once they have come again, both do."""
    who = sender(STRANGER)
    await stage.take(message=stage.message(STRANGER, stage.group, left_chat_member=who))
    assert await stage.press("l:2023-W40:0", STRANGER, stage.group) == []
    edit = stage.message(STRANGER, stage.group, text="#life 我") | {"edit_date": 1}
    assert await stage.take(edited_message=edit) == []
    await stage.take(message=stage.message(VICTIM, stage.group, new_chat_members=[who]))
    assert await stage.press("l:2023-W40:0", STRANGER, stage.group)


@pytest.mark.parametrize("text", ["/forget_me", "/invite", "/people"])
@pytest.mark.usefixtures("victim")
async def test_an_anonymous_administrator_owns_nothing(stage: Stage, text: str) -> None:
    """Whoever it is, they are a member of their group and no more."""
    before = stage.company()
    message = stage.message(VICTIM, stage.group, text=text)
    message |= {"from": sender(VICTIM) | {"id": 1087968824}, "sender_chat": stage.chat(stage.group)}
    assert is_told(await stage.take(message=message), "只有机器人的主人")
    assert stage.company() == before


async def test_at_home_the_same_commands_tell(stage: Stage, victim: Victim) -> None:
    """So what is tried above would be seen if it got through, in files too."""
    assert victim.journal
    for text in ("/search 密", "/list", "/draft"):
        assert is_told(await stage.say(text, VICTIM), SECRET)
    for text in ("/draft", "/export"):
        files = _sent(stage, await stage.say(text, VICTIM))
        assert any(SECRET.encode() in content for content in files)


async def test_what_is_removed_is_shut_out_at_once(stage: Stage, victim: Victim) -> None:
    """A person who was shown out presses their own buttons in vain."""
    code = (await stage.bot.services.inviting.invite(VICTIM)).code
    assert await stage.bot.services.inviting.remove_person(MEMBER)
    await stage.press("w:2023-W40", MEMBER)
    before = stage.written()
    assert await stage.press(f"d:{victim.entry + 1}", MEMBER) == []
    assert await stage.say("#life 没人听", MEMBER) == []
    assert stage.written() == before
    assert await stage.say(f"/start {code}", MEMBER)
    assert is_told(await stage.press("l:2023-W40:0", MEMBER), "callback_query_id")


def _assert_nothing_told(stage: Stage, calls: list[Json]) -> None:
    """Neither in words nor inside of files; and nothing is sent to the victim."""
    assert not is_told(calls, SECRET)
    assert not [call for call in calls if str(call.get("chat_id")) == str(VICTIM)]
    for content in _sent(stage, calls):
        assert SECRET.encode() not in content


def _sent(stage: Stage, calls: list[Json]) -> list[bytes]:
    """The content of the files that were sent, and of what is packed in them."""
    described = [call["document"] for call in calls if isinstance(call.get("document"), dict)]
    sums = {sent["sha256"] for sent in described}
    kept = stage.scene.sandbox.world.files._by_id.values()
    found = [f.content for f in kept if hashlib.sha256(f.content).hexdigest() in sums]
    for content in list(found):
        if zipfile.is_zipfile(BytesIO(content)):
            with zipfile.ZipFile(BytesIO(content)) as archive:
                found += [archive.read(name) for name in archive.namelist()]
    assert len(found) >= len(described)
    return found
