"""Edits in Telegram change what is stored, in place."""

from __future__ import annotations

import random
from datetime import timedelta

from tests.e2e.conftest import Scene
from tests.e2e.pictures import jpeg

_TITLE = "# 2023 年第40周周报\n\n"


async def test_twenty_edits_of_one_message(scene: Scene) -> None:
    """Text, tag, week, outline and formats in turn: the last version counts, replies stay.

    The reaction alternates, so that each edit is seen to have arrived; what never changes is
    the place among the others, and the reply below the first line.
    """
    person = scene.person
    chance = random.Random(20)
    async with scene.bot():
        await scene.write("#life 之前")
        message = await scene.write("#life 第 0 版\n- 子项")
        reply = await scene.write("回复", reply_to=message["message_id"])
        await scene.write("#life 之后")
        shown = "✍"
        for number in range(1, 21):
            tag, week = chance.choice(("#life", "#tech")), chance.choice(("", " @上周"))
            below = "".join(f"\n- 子项 {n}" for n in range(chance.randrange(4)))
            words = f"第 {number} 版"
            await person.edit(
                message,
                f"{tag} {words}{below}{week}",
                entities=[{"type": "bold", "offset": len(tag) + 1, "length": 1}],
            )
            shown = "👌" if shown == "✍" else "✍"
            assert await person.wait_for_reaction(message, shown) == shown
        heading = "生活" if tag == "#life" else "技术"
        number_of_week = 39 if week else 40
        report = await scene.report(f"/report {number_of_week}")
        children = [f"子项 {n}" for n in range(below.count("\n"))] + ["回复"]
        lines = "\n".join(f"    {n}. {child}" for n, child in enumerate(children, 1))
        assert f"**第** 20 版\n{lines}\n" in report
        assert report.index(f"## {heading}") < report.index("20 版")
        assert (await person.message(reply["message_id"]))["_reactions"] == ["✍"]
        other = await scene.report(f"/report {79 - number_of_week}")
        assert "20 版" not in other
        assert "第 19 版" not in report + other


async def test_an_edit_of_a_message_that_is_not_known_is_stored_as_new(scene: Scene) -> None:
    """It was sent before the bot was there; in its own week, by its own date."""
    person = scene.person
    message = await person.send("#life 很久以前", at=scene.clock.now() - timedelta(weeks=1))
    await person.post("options", {})
    scene.sandbox.world.updates.clear()
    async with scene.bot():
        await person.edit(message, "#life 很久以前，现在才改")
        assert await person.wait_for_reaction(message) == "✍"
        assert (await scene.report("/report 39")).endswith("1. 很久以前，现在才改\n")


async def test_captions_are_edited_like_texts(scene: Scene) -> None:
    """Words, tag and week of a picture; one that loses its tag waits for another."""
    person = scene.person
    async with scene.bot():
        photo = await person.send_picture(jpeg(), "猫 #life", at=scene.clock.now())
        await person.wait_for_reaction(photo, "✍")
        await person.edit(photo, "两只猫 #tech @上周")
        await person.wait_for_reaction(photo, "👌")
        report = (await scene.archive("/report 39"))["2023-W39.md"].decode()
        assert report.endswith("## 技术\n\n![两只猫](images/2023-W40-1.jpg)\n")
        await person.edit(photo, "两只猫")
        await person.wait_for_reaction(photo, "🤔")
        await person.press(await person.wait_for_answer("放到哪一栏"), "生活")
        await person.wait_for_reaction(photo, "✍")
        report = (await scene.archive())["2023-W40.md"].decode()
        assert report == f"{_TITLE}## 生活\n\n![两只猫](images/2023-W40-1.jpg)\n"


async def test_an_edit_changes_the_nesting_in_place(scene: Scene) -> None:
    """A line moved deeper takes along what others have said below it."""
    person = scene.person
    async with scene.bot():
        message = await scene.write("#tech\n- 甲\n- 乙\n- 丙")
        await scene.write("关于乙", reply_to=message["message_id"], quote="乙")
        await person.edit(message, "#tech\n- 甲\n-- 乙\n- 丙")
        await person.wait_for_reaction(message, "👌")
        assert await scene.report() == (
            f"{_TITLE}## 技术\n\n1. 甲\n    1. 乙\n        1. 关于乙\n2. 丙\n"
        )


async def test_an_edit_without_a_visible_change_has_no_effect(scene: Scene) -> None:
    """Telegram sends one when a link preview arrives."""
    async with scene.bot():
        message = await scene.write("#life 一样的")
        await scene.person.edit(message, "#life 一样的")
        await scene.write("#life 之后")
        assert (await scene.person.message(message["message_id"]))["_reactions"] == ["✍"]


async def test_an_edit_that_leaves_only_a_tag_goes_by_it_and_keeps_the_words(scene: Scene) -> None:
    """They are not taken for deleted, and the sentence says how to do that."""
    person = scene.person
    async with scene.bot():
        message = await scene.write("#tech 展览\n- 子项")
        await person.edit(message, "#life")
        await person.wait_for_reaction(message, "👌")
        await person.wait_for_answer("只剩标签了")
        assert await scene.report() == f"{_TITLE}## 生活\n\n1. 展览\n    1. 子项\n"
        await person.edit(message, "#总结")
        await person.wait_for_reaction(message, "✍")
        await person.edit(message, "#life 又有了文字")
        await person.wait_for_reaction(message, "👌")
        assert await scene.report() == f"{_TITLE}## 生活\n\n1. 又有了文字\n"
