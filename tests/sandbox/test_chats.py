"""People and the bot in one chat: edits, presses, reactions, topics, and following along."""

from __future__ import annotations

import asyncio

import pytest

from tests.sandbox.conftest import PERSON, RefusalError, Sides

BUTTON = {"inline_keyboard": [[{"text": "生活", "callback_data": "life"}]]}


async def test_one_sequence_of_ids_over_private_chats(sides: Sides) -> None:
    """Message ids rise over all private chats, and a supergroup has its own."""
    await sides.person("users", id=5, first_name="Ada", username="ada")
    await sides.person("chats", type="private", members=[5])
    group = await sides.person("chats", type="supergroup", title="Team", members=[5])
    assert (await sides.say("a"))["message_id"] == 1
    assert (await sides.say("b", chat_id=5))["message_id"] == 2
    assert (await sides.say("c", chat_id=group["id"]))["message_id"] == 2
    assert (await sides.say("d"))["message_id"] == 3


async def test_dates_are_the_clocks_or_the_persons(sides: Sides) -> None:
    """A message has the server's time unless the person gives one; edits have their own."""
    assert (await sides.say("a"))["date"] == 1_800_000_000
    message = await sides.say("b", date=1_696_000_000)
    assert message["date"] == 1_696_000_000
    sides.clock.seconds += 60
    edited = await sides.person(
        "edits", chat_id=PERSON, message_id=message["message_id"], text="c #life"
    )
    assert edited["message"]["edit_date"] == 1_800_000_060
    update = (await sides.bot("getUpdates"))[-1]["edited_message"]
    assert update["text"] == "c #life"
    assert update["date"] == 1_696_000_000
    assert update["entities"][0]["type"] == "hashtag"


async def test_updates_keep_what_they_told(sides: Sides) -> None:
    """An update that waits shows the message before the edit."""
    message = await sides.say("before")
    target = {"chat_id": PERSON, "message_id": message["message_id"]}
    await sides.person("edits", **target, text="after")
    first, second = await sides.bot("getUpdates")
    assert first["message"]["text"] == "before"
    assert second["edited_message"]["text"] == "after"


async def test_an_edit_without_a_change_is_an_update(sides: Sides) -> None:
    """The bot is told of an edit in which it can see nothing new."""
    message = await sides.say("a")
    await sides.person("edits", chat_id=PERSON, message_id=message["message_id"], text="a")
    assert "edited_message" in (await sides.bot("getUpdates"))[-1]


async def test_pressing_a_button(sides: Sides) -> None:
    """A press is a callback query; its answer is seen; a button not shown can't be pressed."""
    sent = await sides.bot("sendMessage", chat_id=PERSON, text="?", reply_markup=BUTTON)
    press = {"chat_id": PERSON, "message_id": sent["message_id"], "data": "life"}
    query_id = (await sides.person("presses", **press))["callback_query_id"]
    query = (await sides.bot("getUpdates"))[0]["callback_query"]
    assert (query["id"], query["data"], query["from"]["id"]) == (query_id, "life", PERSON)
    event = (await sides.see("state"))["event"]
    for _ in range(2):
        await sides.bot(
            "answerCallbackQuery", callback_query_id=query_id, text="好", show_alert=True
        )
    change = (await sides.see("events", after=event))["changes"][0]
    assert (change["kind"], change["text"], change["show_alert"]) == ("callback_answer", "好", True)
    assert (change["callback_query_id"], change["chat_id"]) == (query_id, PERSON)
    with pytest.raises(RefusalError, match="The message shows no such button"):
        await sides.person("presses", **press | {"data": "tech"})
    await sides.bot("editMessageReplyMarkup", chat_id=PERSON, message_id=sent["message_id"])
    with pytest.raises(RefusalError, match="The message shows no such button"):
        await sides.person("presses", **press)


async def test_old_presses_cannot_be_answered(sides: Sides) -> None:
    """After a quarter of an hour a query is too old."""
    sent = await sides.bot("sendMessage", chat_id=PERSON, text="?", reply_markup=BUTTON)
    press = {"chat_id": PERSON, "message_id": sent["message_id"], "data": "life"}
    query_id = (await sides.person("presses", **press))["callback_query_id"]
    sides.clock.seconds += 16 * 60
    with pytest.raises(RefusalError, match="query is too old"):
        await sides.bot("answerCallbackQuery", callback_query_id=query_id)


async def test_reactions(sides: Sides) -> None:
    """One standard emoji that the chat allows; an empty list takes it back."""
    message = await sides.say("a")
    target = {"chat_id": PERSON, "message_id": message["message_id"]}

    async def react(*emoji: str) -> list[str]:
        reaction = [{"type": "emoji", "emoji": one} for one in emoji]
        await sides.bot("setMessageReaction", **target, reaction=reaction)
        shown = (await sides.see(f"chats/{PERSON}/messages"))["messages"]
        return list(shown[0]["_reactions"])

    assert await react("✍") == ["✍"]
    assert await react("✍") == ["✍"]
    assert await react() == []
    for wrong in (("✅",), ("👍", "👎"), ("",)):
        with pytest.raises(RefusalError, match="REACTION_INVALID"):
            await react(*wrong)
    await sides.person(f"chats/{PERSON}", allowed_reactions=["👍"])
    with pytest.raises(RefusalError, match="REACTION_INVALID"):
        await react("✍")
    assert await react("👍") == ["👍"]
    full = await sides.bot("getChat", chat_id=PERSON)
    assert full["available_reactions"] == [{"type": "emoji", "emoji": "👍"}]


async def test_a_reply_with_a_quote(sides: Sides) -> None:
    """The quoted part stands with its UTF-16 place; the answered message without its own reply."""
    first = await sides.say("😀 eins zwei")
    second = await sides.say("a", reply_to=first["message_id"], quote="zwei")
    assert second["quote"] == {"text": "zwei", "position": 8, "is_manual": True}
    third = await sides.say("b", reply_to=second["message_id"])
    assert third["reply_to_message"]["message_id"] == second["message_id"]
    assert "reply_to_message" not in third["reply_to_message"]
    with pytest.raises(RefusalError, match="does not say that"):
        await sides.say("c", reply_to=first["message_id"], quote="drei")


async def test_a_topics_messages_answer_its_opening(sides: Sides) -> None:
    """In a forum every message carries the topic's first message as its reply."""
    group = await sides.person("chats", type="supergroup", title="Team", members=[PERSON])
    await sides.person(f"chats/{group['id']}", is_forum=True)
    message = await sides.say("a", chat_id=group["id"])
    opening = message["reply_to_message"]
    assert "forum_topic_created" in opening
    assert message["message_thread_id"] == opening["message_id"]
    assert message["is_topic_message"]


async def test_membership(sides: Sides) -> None:
    """Creator, member, left, and the bot itself."""
    await sides.person("users", id=5, first_name="Ada")
    await sides.person("users", id=6, first_name="Bo")
    group = await sides.person("chats", type="group", title="Team", members=[PERSON, 5])
    for user_id, status in (
        (PERSON, "creator"),
        (5, "member"),
        (6, "left"),
        (1000000001, "member"),
    ):
        member = await sides.bot("getChatMember", chat_id=group["id"], user_id=user_id)
        assert member["status"] == status
    admins = await sides.bot("getChatAdministrators", chat_id=group["id"])
    assert [admin["user"]["id"] for admin in admins] == [PERSON]
    with pytest.raises(RefusalError, match="not in the chat"):
        await sides.say("a", chat_id=group["id"], from_id=6)
    assert await sides.bot("leaveChat", chat_id=group["id"])
    with pytest.raises(RefusalError, match="bot is not a member of the group chat"):
        await sides.bot("sendMessage", chat_id=group["id"], text="a")


async def test_blocking_is_told_and_undone(sides: Sides) -> None:
    """my_chat_member says so; while blocked the person writes nothing."""
    await sides.person(f"chats/{PERSON}", blocked=True)
    with pytest.raises(RefusalError, match="The bot is blocked here"):
        await sides.say("a")
    await sides.person(f"chats/{PERSON}", blocked=False)
    await sides.say("a")
    updates = await sides.bot("getUpdates")
    states = [u["my_chat_member"]["new_chat_member"]["status"] for u in updates[:2]]
    assert states == ["kicked", "member"]


async def test_following_the_changes(sides: Sides) -> None:
    """A waiting follower learns of each change, and fetches only what has changed."""
    message = await sides.say("a")
    await sides.say("b")
    event = (await sides.see("state"))["event"]
    waiting = asyncio.create_task(sides.see("events", after=event, timeout=30))
    await asyncio.sleep(0.05)
    await sides.person("deletions", chat_id=PERSON, message_id=message["message_id"])
    news = await asyncio.wait_for(waiting, 2)
    assert [change["kind"] for change in news["changes"]] == ["delete"]
    changed = await sides.see(f"chats/{PERSON}/messages", after_event=event)
    assert [(m["text"], m["_deleted"]) for m in changed["messages"]] == [("a", True)]
    assert changed["event"] == news["event"] == event + 1


async def test_copies_and_forwards(sides: Sides) -> None:
    """A forward names its origin, a copy does not; a person's forward passes as given."""
    origin = {"type": "hidden_user", "sender_user_name": "Bo", "date": 1}
    theirs = await sides.say("a", forward_origin=origin)
    assert theirs["forward_origin"] == origin
    call = {"chat_id": PERSON, "from_chat_id": PERSON, "message_id": theirs["message_id"]}
    assert (await sides.bot("forwardMessage", **call))["forward_origin"] == origin
    copied = await sides.bot("copyMessage", **call)
    shown = (await sides.see(f"chats/{PERSON}/messages"))["messages"][-1]
    assert (shown["message_id"], shown["text"]) == (copied["message_id"], "a")
    assert "forward_origin" not in shown


async def test_deleting(sides: Sides) -> None:
    """In a private chat a bot deletes both sides' messages, for two days."""
    theirs, own = await sides.say("a"), await sides.bot("sendMessage", chat_id=PERSON, text="b")
    assert await sides.bot("deleteMessage", chat_id=PERSON, message_id=theirs["message_id"])
    sides.clock.seconds += 49 * 3600
    with pytest.raises(RefusalError, match="message can't be deleted for everyone"):
        await sides.bot("deleteMessages", chat_id=PERSON, message_ids=[own["message_id"], 99])


async def test_commands_by_scope_and_language(sides: Sides) -> None:
    """Each scope and language has its own list."""
    for code, words in (("", "help"), ("zh", "帮助")):
        commands = [{"command": "help", "description": words}]
        await sides.bot("setMyCommands", commands=commands, language_code=code)
    assert (await sides.bot("getMyCommands", language_code="zh"))[0]["description"] == "帮助"
    await sides.bot("deleteMyCommands", language_code="zh")
    assert await sides.bot("getMyCommands", language_code="zh") == []
    assert (await sides.bot("getMyCommands"))[0]["description"] == "help"


async def test_other_content(sides: Sides) -> None:
    """What has no text arrives as the object it is, and nothing at all is refused."""
    place = {"location": {"latitude": 31.2, "longitude": 121.5}}
    answer = await sides.person("messages", chat_id=PERSON, extra=place)
    assert answer["messages"][0]["location"] == place["location"]
    with pytest.raises(RefusalError, match="An empty message cannot be sent"):
        await sides.person("messages", chat_id=PERSON)


async def test_only_the_pages_own_files_are_served(sides: Sides) -> None:
    """No name leads out of the page's folder."""
    for name in ("..%2fserver.py", "%2e%2e%2fserver.py", "server.py"):
        async with sides.session.get(f"{sides.sandbox.url}/static/{name}") as answer:
            assert answer.status == 404
