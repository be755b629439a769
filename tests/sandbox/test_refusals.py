"""What Telegram refuses, the stand-in refuses, in the same words."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.conftest import PERSON, RefusalError, Sides, picture

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)


def keyboard(**button: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "Go", **button}]]}


def to_person(**params: Any) -> dict[str, Any]:
    return {"chat_id": PERSON, **params}


def told(text: str, **params: Any) -> dict[str, Any]:
    return to_person(text=text, **params)


ENTITY = {"type": "bold", "offset": 0, "length": 1}

REFUSALS = [
    ("sendMessage", told(""), "message text is empty"),
    ("sendMessage", told(" \n\t "), "message text is empty"),
    ("sendMessage", told("a" * 4097), "message is too long"),
    ("sendMessage", told("😀" * 2049), "message is too long"),
    ("sendMessage", {"text": "a"}, "chat_id is empty"),
    ("sendMessage", {"text": "a", "chat_id": 77}, "chat not found"),
    ("sendMessage", {"text": "a", "chat_id": "@nobody"}, "chat not found"),
    ("sendMessage", told("a", parse_mode="XML"), "unsupported parse_mode"),
    (
        "sendMessage",
        told("a", entities=[{**ENTITY, "length": 9}]),
        "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 9",
    ),
    (
        "sendMessage",
        told("😀", entities=[ENTITY]),
        "entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol",
    ),
    (
        "sendMessage",
        told("a", entities=[{**ENTITY, "type": "glitter"}]),
        "can't parse MessageEntity: Unsupported type specified",
    ),
    (
        "sendMessage",
        told("a", entities=[{**ENTITY, "type": "text_link", "url": "localhost"}]),
        "entity URL 'localhost' is invalid: Wrong HTTP URL",
    ),
    ("sendMessage", told("a", reply_markup=keyboard(callback_data="")), "BUTTON_DATA_INVALID"),
    (
        "sendMessage",
        told("a", reply_markup=keyboard(callback_data="周" * 22)),
        "BUTTON_DATA_INVALID",
    ),
    (
        "sendMessage",
        told("a", reply_markup=keyboard()),
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    (
        "sendMessage",
        told("a", reply_markup=keyboard(callback_data="a", url="https://example.org")),
        "can't parse inline keyboard button: exactly one optional field must be used",
    ),
    (
        "sendMessage",
        told("a", reply_markup=keyboard(url="not a link")),
        "inline keyboard button URL 'not a link' is invalid: Wrong HTTP URL",
    ),
    (
        "sendMessage",
        told("a", reply_markup={"inline_keyboard": {"text": "a"}}),
        'field "inline_keyboard" must be an Array of Arrays',
    ),
    (
        "sendMessage",
        told("a", reply_parameters={"message_id": 99}),
        "message to be replied not found",
    ),
    ("sendMessage", told("a", reply_to_message_id=99), "message to be replied not found"),
    (
        "sendMessage",
        told("a", reply_parameters=[1]),
        "can't parse reply parameters JSON object",
    ),
    ("editMessageText", told("a", message_id=99), "message to edit not found"),
    ("deleteMessage", to_person(message_id=99), "message to delete not found"),
    (
        "setMessageReaction",
        to_person(message_id=99, reaction=[]),
        "message to react not found",
    ),
    ("getFile", {"file_id": "x"}, "wrong file_id or the file is temporarily unavailable"),
    ("sendPhoto", to_person(), "there is no photo in the request"),
    ("sendMediaGroup", to_person(media=[]), "there must be 2-10 items in an album"),
    (
        "sendMediaGroup",
        to_person(media=[{"type": "photo", "media": "x"}] * 11),
        "too many messages to send as an album",
    ),
    (
        "answerCallbackQuery",
        {"callback_query_id": "7"},
        "query is too old and response timeout expired or query ID is invalid",
    ),
    ("getChatAdministrators", to_person(), "there are no administrators in the private chat"),
    ("sendChatAction", to_person(action="dancing"), "wrong parameter action in request"),
    ("setMyCommands", {"commands": [{"command": "A!", "description": "a"}]}, "BOT_COMMAND_INVALID"),
]


@pytest.mark.parametrize(("method", "params", "reason"), REFUSALS)
async def test_refusal(sides: Sides, method: str, params: dict[str, Any], reason: str) -> None:
    """A call Telegram answers with 400 is answered so, with Telegram's reason."""
    with pytest.raises(RefusalError) as refusal:
        await sides.bot(method, **params)
    assert refusal.value.status == 400
    assert refusal.value.description == f"Bad Request: {reason}"


async def test_limits_themselves_are_allowed(sides: Sides) -> None:
    """4,096 UTF-16 units after parsing, and 64 bytes of callback data, pass."""
    text = "<b>" + "😀" * 2048 + "</b>"
    sent = await sides.bot(
        "sendMessage",
        chat_id=PERSON,
        text=text,
        parse_mode="HTML",
        reply_markup=keyboard(callback_data="周" * 21 + "a"),
    )
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 4096}]


async def test_unknown_token_and_method(sides: Sides) -> None:
    """A wrong token is 401 Unauthorized, an unknown method 404 Not Found."""
    async with sides.session.get(f"{sides.sandbox.url}/bot1:x/getMe") as answer:
        assert answer.status == 401
        assert (await answer.json())["description"] == "Unauthorized"
    with pytest.raises(RefusalError, match="404 Not Found"):
        await sides.bot("makeTea")


async def test_method_names_ignore_case_and_forms_mean_the_same(sides: Sides) -> None:
    """`sendmessage` by GET, form or JSON sends the same message."""
    params = {"chat_id": str(PERSON), "text": "a", "reply_markup": '{"remove_keyboard": true}'}
    async with sides.session.get(sides.address("SENDMESSAGE"), params=params) as answer:
        assert (await answer.json())["result"]["text"] == "a"
    async with sides.session.post(sides.address("sendmessage"), data=params) as answer:
        assert (await answer.json())["result"]["text"] == "a"


async def test_the_same_edit_twice_is_not_modified(sides: Sides) -> None:
    """An edit to what the message already shows is refused; one that drops the buttons is not."""
    sent = await sides.bot(
        "sendMessage", chat_id=PERSON, text="a", reply_markup=keyboard(callback_data="x")
    )
    edit = {"chat_id": PERSON, "message_id": sent["message_id"], "text": " a "}
    with pytest.raises(RefusalError) as refusal:
        await sides.bot("editMessageText", **edit, reply_markup=keyboard(callback_data="x"))
    assert refusal.value.description == NOT_MODIFIED
    edited = await sides.bot("editMessageText", **edit)
    assert "reply_markup" not in edited
    with pytest.raises(RefusalError, match="not modified"):
        await sides.bot("editMessageReplyMarkup", **edit)


async def test_only_the_bots_own_messages_can_be_edited(sides: Sides) -> None:
    """A person's message can't be edited, and a text has no caption."""
    theirs, own = await sides.say("a"), await sides.bot("sendMessage", chat_id=PERSON, text="a")
    with pytest.raises(RefusalError, match="message can't be edited"):
        await sides.bot(
            "editMessageText", chat_id=PERSON, message_id=theirs["message_id"], text="b"
        )
    with pytest.raises(RefusalError, match="there is no caption in the message to edit"):
        await sides.bot(
            "editMessageCaption", chat_id=PERSON, message_id=own["message_id"], caption="b"
        )


async def test_a_reply_may_survive_its_target(sides: Sides) -> None:
    """With `allow_sending_without_reply` a message is sent though the other is gone."""
    theirs = await sides.say("a")
    await sides.person("deletions", chat_id=PERSON, message_id=theirs["message_id"])
    reply = {"message_id": theirs["message_id"]}
    with pytest.raises(RefusalError, match="message to be replied not found"):
        await sides.bot("sendMessage", chat_id=PERSON, text="b", reply_parameters=reply)
    reply["allow_sending_without_reply"] = True
    sent = await sides.bot("sendMessage", chat_id=PERSON, text="b", reply_parameters=reply)
    assert "reply_to_message" not in sent


async def test_a_long_caption_is_refused(sides: Sides) -> None:
    """A caption of 1,025 units is too long."""
    with pytest.raises(RefusalError, match="message caption is too long"):
        await sides.send_file("sendPhoto", "photo", picture(), chat_id=PERSON, caption="a" * 1025)


async def test_a_bot_cannot_write_where_it_is_not_wanted(sides: Sides) -> None:
    """Never started, blocked, kicked: 403, each in its words."""
    await sides.person("users", id=5, first_name="Ada")
    group = await sides.person("chats", type="group", title="Team", members=[PERSON])
    await sides.person(f"chats/{group['id']}", kicked=True)
    await sides.person(f"chats/{PERSON}", blocked=True)
    for chat_id, reason in (
        (5, "bot can't initiate conversation with a user"),
        (PERSON, "bot was blocked by the user"),
        (group["id"], "bot was kicked from the group chat"),
    ):
        with pytest.raises(RefusalError) as refusal:
            await sides.bot("sendMessage", chat_id=chat_id, text="a")
        assert refusal.value.status == 403
        assert refusal.value.description == f"Forbidden: {reason}"


async def test_a_group_that_became_a_supergroup_says_where_it_went(sides: Sides) -> None:
    """The old chat answers 400 with the new id; the new one numbers its messages from 1."""
    group = await sides.person("chats", type="group", title="Team", members=[PERSON])
    made = await sides.person(f"chats/{group['id']}", migrate=True)
    with pytest.raises(
        RefusalError, match="group chat was upgraded to a supergroup chat"
    ) as refusal:
        await sides.bot("sendMessage", chat_id=group["id"], text="a")
    assert refusal.value.parameters == {"migrate_to_chat_id": made["id"]}
    sent = await sides.bot("sendMessage", chat_id=made["id"], text="a")
    assert sent["message_id"] == 2
