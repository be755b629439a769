"""Updates come by offset or by webhook, each until it is confirmed."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.sandbox import Sandbox
from tests.sandbox.conftest import PERSON, RefusalError, Sides

SECRET = "not-telegram"  # noqa: S105  # made up here, and checked here


async def texts(sides: Sides, **params: Any) -> list[str]:
    return [update["message"]["text"] for update in await sides.bot("getUpdates", **params)]


async def test_updates_stay_until_an_offset_confirms_them(sides: Sides) -> None:
    """Without an offset the same updates come again; an offset forgets all below it."""
    for text in "abcd":
        await sides.say(text)
    first = await sides.bot("getUpdates", limit=2)
    assert await texts(sides, limit=2) == ["a", "b"]
    assert await texts(sides, offset=first[1]["update_id"]) == ["b", "c", "d"]
    assert await texts(sides) == ["b", "c", "d"]
    last = first[0]["update_id"] + 3
    assert await texts(sides, offset=last + 1) == []
    assert await sides.see("updates") == {"pending": 0, "confirmed_through": last}


async def test_a_negative_offset_counts_from_the_end(sides: Sides) -> None:
    """-2 gives the last two and forgets the others."""
    for text in "abcd":
        await sides.say(text)
    assert await texts(sides, offset=-2) == ["c", "d"]
    assert await texts(sides) == ["c", "d"]


async def test_a_long_poll_ends_with_the_first_update(sides: Sides) -> None:
    """A waiting getUpdates answers as soon as a person writes."""
    poll = asyncio.create_task(texts(sides, timeout=30))
    await asyncio.sleep(0.05)
    assert not poll.done()
    await sides.say("a")
    assert await asyncio.wait_for(poll, 2) == ["a"]


async def test_a_second_poll_ends_the_first(sides: Sides) -> None:
    """Two pollers are a conflict, told to the one that came first."""
    first = asyncio.create_task(sides.bot("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    second = asyncio.create_task(sides.bot("getUpdates", timeout=30))
    with pytest.raises(RefusalError, match="terminated by other getUpdates request") as refusal:
        await first
    assert refusal.value.status == 409
    await sides.say("a")
    assert len(await asyncio.wait_for(second, 2)) == 1


async def test_allowed_updates_are_remembered(sides: Sides) -> None:
    """Reactions come only when asked for, and what is not asked for does not come."""
    theirs = await sides.say("a")
    target = {"chat_id": PERSON, "message_id": theirs["message_id"]}
    await sides.person("reactions", **target, emoji="👍")
    assert len(await sides.bot("getUpdates", allowed_updates=["message_reaction"])) == 1
    await sides.person("reactions", **target, emoji=None)
    await sides.say("b")
    updates = await sides.bot("getUpdates")
    assert [min(update) for update in updates] == ["message", "message_reaction"]
    assert updates[1]["message_reaction"]["new_reaction"] == []


async def test_updates_are_kept_for_a_day(sides: Sides) -> None:
    """What is older than 24 hours is gone."""
    await sides.say("old")
    sides.clock.seconds += 23 * 3600
    await sides.say("new")
    sides.clock.seconds += 2 * 3600
    assert await texts(sides) == ["new"]


async def test_any_object_can_be_an_update(sides: Sides) -> None:
    """An update no library knows reaches the bot as it is."""
    await sides.person("updates", message={"strange": True})
    assert (await sides.bot("getUpdates"))[0]["message"] == {"strange": True}


async def test_a_webhook_gets_every_update_in_order(sides: Sides) -> None:
    """An update refused by the webhook comes again before the next; polling is a conflict."""
    got: list[str] = []
    complete = asyncio.Event()
    refusals = 2

    async def hook(request: web.Request) -> web.Response:
        nonlocal refusals
        assert request.headers["X-Telegram-Bot-Api-Secret-Token"] == SECRET
        if refusals:
            refusals -= 1
            return web.Response(status=500)
        got.append((await request.json())["message"]["text"])
        if len(got) == 2:
            complete.set()
        return web.Response()

    application = web.Application()
    application.add_routes([web.post("/hook", hook)])
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    try:
        await sides.say("a")
        assert await sides.bot("setWebhook", url=url, secret_token=SECRET)
        await sides.say("b")
        with pytest.raises(
            RefusalError, match="can't use getUpdates method while webhook is active"
        ):
            await sides.bot("getUpdates")
        await asyncio.wait_for(complete.wait(), 5)
        assert got == ["a", "b"]
        info = await sides.bot("getWebhookInfo")
        assert info["url"] == url
        assert info["last_error_message"].startswith("Wrong response from the webhook: 500")
        assert await sides.bot("deleteWebhook")
        assert await sides.bot("getUpdates") == []
    finally:
        await runner.cleanup()


async def test_dropping_pending_updates(sides: Sides) -> None:
    """deleteWebhook can forget what has come so far."""
    await sides.say("a")
    await sides.bot("deleteWebhook", drop_pending_updates=True)
    assert await sides.bot("getUpdates") == []


async def test_stopping_does_not_wait_for_a_long_poll(sides: Sides) -> None:
    """A server with an open long poll stops within a second."""
    async with Sandbox() as other:
        address = f"{other.url}/bot{other.token}/getUpdates?timeout=50"
        poll = asyncio.create_task(sides.session.get(address))
        await asyncio.sleep(0.05)
        started = time.monotonic()
    assert time.monotonic() - started < 1
    (await poll).close()


async def test_an_outage_loses_nothing(sides: Sides) -> None:
    """A server that stops and starts has the same address, messages and updates."""
    await sides.say("a")
    url = sides.sandbox.url
    await sides.sandbox.stop()
    with pytest.raises(aiohttp.ClientConnectionError):
        await sides.bot("getMe")
    await sides.sandbox.start()
    assert sides.sandbox.url == url
    assert await texts(sides) == ["a"]


async def test_what_a_person_deletes_the_bot_never_learns(sides: Sides) -> None:
    """A deletion makes no update."""
    theirs = await sides.say("a")
    await sides.person("deletions", chat_id=PERSON, message_id=theirs["message_id"])
    assert await texts(sides) == ["a"]


async def test_privacy_mode_shows_commands_replies_and_service_messages(sides: Sides) -> None:
    """In a group the bot sees no talk between people, unless its privacy mode is off."""
    for privacy, seen in (
        (True, ["/list", "answer"]),
        (False, ["hello", "/list", "/x@other_bot", "answer"]),
    ):
        group = await sides.person(
            "chats", type="supergroup", title="Team", members=[PERSON], privacy=privacy
        )
        assert (await sides.bot("getMe"))["can_read_all_group_messages"] is not privacy
        own = await sides.bot("sendMessage", chat_id=group["id"], text="hi")
        for text in ("hello", "/list", "/x@other_bot"):
            await sides.say(text, chat_id=group["id"])
        await sides.say("answer", chat_id=group["id"], reply_to=own["message_id"])
        updates = await sides.bot("getUpdates")
        await sides.bot("getUpdates", offset=updates[-1]["update_id"] + 1)
        messages = [update["message"] for update in updates if "message" in update]
        assert "my_chat_member" in updates[0]
        assert messages[0]["new_chat_members"][0]["username"] == "weeknotes_sandbox_bot"
        assert [message["text"] for message in messages[1:]] == seen
