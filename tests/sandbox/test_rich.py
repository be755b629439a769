"""Rich messages: carried back whole, within their limits, and absent where switched off."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.conftest import PERSON, RefusalError, Sides, picture


async def send(sides: Sides, **rich: Any) -> Any:
    return await sides.bot("sendRichMessage", chat_id=PERSON, rich_message=rich)


async def test_a_rich_message_carries_its_content(sides: Sides) -> None:
    """Markdown and media come back, also after an edit from a plain text."""
    photo = await sides.send_file("sendPhoto", "photo", picture(), chat_id=PERSON)
    file_id = photo["photo"][-1]["file_id"]
    rich = {
        "markdown": '# 周报\n\n1. a\n    1. b\n\n![](tg://photo?id=p1 "猫")',
        "media": [{"id": "p1", "media": {"type": "photo", "media": file_id}}],
    }
    assert (await send(sides, **rich))["rich_message"] == rich
    plain = await sides.bot("sendMessage", chat_id=PERSON, text="a")
    edit = {"chat_id": PERSON, "message_id": plain["message_id"], "rich_message": rich}
    edited = await sides.bot("editMessageText", **edit)
    assert edited["rich_message"] == rich
    assert "text" not in edited
    with pytest.raises(RefusalError, match="message is not modified"):
        await sides.bot("editMessageText", **edit)


@pytest.mark.parametrize(
    ("rich", "reason"),
    [
        ({"markdown": " "}, "rich message is empty"),
        ({"markdown": "a" * 32_769}, "rich message is too long"),
        ({"markdown": "a\n\n" * 501}, "rich message has too many blocks"),
        (
            {"markdown": "\n".join("    " * n + "1. a" for n in range(17))},
            "rich message is nested too deeply",
        ),
        ({"markdown": "![](tg://photo?id=x)"}, "rich message media not found"),
        ({"markdown": "![](pictures/cat.png)"}, "rich message media not found"),
        ({"html": "<img src='tg://photo?id=x'>"}, "rich message media not found"),
        ({"html": "<p>" * 501}, "rich message has too many blocks"),
        ({"html": "a", "markdown": "a"}, "exactly one of the fields html, markdown"),
    ],
)
async def test_limits(sides: Sides, rich: dict[str, Any], reason: str) -> None:
    """Beyond a limit a rich message is refused."""
    with pytest.raises(RefusalError, match=reason):
        await send(sides, **rich)


async def test_what_is_within_the_limits_passes(sides: Sides) -> None:
    """500 paragraphs, 16 levels and a picture on the web are allowed."""
    await send(sides, markdown="a\n\n" * 500)
    await send(sides, markdown="\n".join("    " * n + "1. a" for n in range(16)))
    await send(sides, markdown='![](https://example.org/a.png "猫")')
    await send(sides, markdown="`![](tg://photo?id=x)`")


async def test_an_older_server(sides: Sides) -> None:
    """Without rich messages the method is unknown, and an edit to one has no text."""
    plain = await sides.bot("sendMessage", chat_id=PERSON, text="a")
    await sides.person("options", rich_messages=False)
    with pytest.raises(RefusalError, match="404 Not Found"):
        await send(sides, markdown="a")
    with pytest.raises(RefusalError, match="message text is empty"):
        await sides.bot(
            "editMessageText",
            chat_id=PERSON,
            message_id=plain["message_id"],
            rich_message={"markdown": "b"},
        )
