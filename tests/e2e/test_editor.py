"""The editor in the chat: lists, cards, and the same by typing."""

from __future__ import annotations

from bot.sandbox.person import Message, Person
from tests.e2e.conftest import Scene

_TITLE = "# 2023 年第40周周报\n\n"


async def shown(person: Person, message: Message, *words: str) -> Message:
    """The bot's message once it says all of that."""
    return await person.wait(
        lambda chat: next(
            (
                m
                for m in chat
                if m["message_id"] == message["message_id"]
                and all(word in m.get("text", "") for word in words)
            ),
            None,
        )
    )


async def with_button(person: Person, message: Message, words: str) -> Message:
    """The bot's message once it has that button."""
    return await person.wait(
        lambda chat: next(
            (
                m
                for m in chat
                if m["message_id"] == message["message_id"]
                and [words] in [r[:1] for r in buttons(m)]
            ),
            None,
        )
    )


async def listed(scene: Scene, words: str = "/list", person: Person | None = None) -> Message:
    """The outline that the bot sends for a command."""
    who = person or scene.person
    asked = await who.send(words, at=scene.clock.now())
    return await who.wait_for_answer("点数字", after=asked["message_id"])


def buttons(message: Message) -> list[list[str]]:
    """The words on a message's buttons."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [[button["text"] for button in row] for row in rows]


async def test_from_the_list_to_a_card_and_back(scene: Scene) -> None:
    """Up, down, in, out, edit by reply, delete, put back: one message, always as things stand."""
    person = scene.person
    async with scene.bot():
        for words in ("#生活 一", "#生活 二\n二的下面", "#生活 三", "#技术 四", "没有标签"):
            await scene.write(words)
        outline = await listed(scene)
        assert outline["text"] == (
            "2023 年第 40 周。点数字，改那一行。\n\n"
            "生活\n1. 一\n2. 二\n  2.1. 二的下面\n3. 三\n\n技术\n4. 四\n\n还没归类\n5. 没有标签"
        )
        assert buttons(outline) == [["1", "2", "2.1", "3", "4", "5"]]
        await person.press(outline, "3")
        card = await shown(person, outline, "3 · 生活", "三")
        assert buttons(card) == [
            ["↑ 上移", "→ 缩进"],
            ["换栏目", "换一周"],
            ["修改", "删除"],
            ["回到列表"],
        ]
        await person.press(card, "↑ 上移")
        card = await shown(person, card, "2 · 生活", "三")
        await person.press(card, "→ 缩进")
        card = await shown(person, card, "1.1 · 生活", "三")
        await person.press(card, "← 提级")
        card = await shown(person, card, "2 · 生活", "三")
        await person.press(card, "修改")
        prompt = await person.wait_for_answer("2 改成什么")
        assert prompt["entities"][-1]["type"] == "pre"
        await scene.write("**三**改过\n三的下面", reply_to=prompt["message_id"])
        card = await shown(person, card, "三改过", "2.1. 三的下面")
        assert await scene.report() == (
            f"{_TITLE}## 生活\n\n1. 一\n2. **三**改过\n    1. 三的下面\n3. 二\n    1. 二的下面\n\n"
            "## 技术\n\n1. 四\n"
        )
        await person.press(card, "删除")
        gone = await shown(person, card, "删掉了：三改过")
        assert (await scene.report()).startswith(f"{_TITLE}## 生活\n\n1. 一\n2. 二\n")
        await person.press(gone, "放回来")
        card = await shown(person, card, "2 · 生活", "三改过", "2.1. 三的下面")
        await person.press(card, "换栏目")
        await person.press(await with_button(person, card, "技术"), "技术")
        card = await shown(person, card, "· 技术", "三改过")
        await person.press(card, "回到列表")
        await shown(
            person, card, "1. 一\n2. 二\n  2.1. 二的下面\n\n技术\n3. 三改过\n  3.1. 三的下面\n4. 四"
        )
        await person.press(await person.message(card["message_id"]), "5")
        card = await shown(person, card, "5 · 还没归类")
        await person.press(card, "生活")
        await shown(person, card, "3 · 生活", "没有标签")
