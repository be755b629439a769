"""Telegram's side: the token, the time, and how updates are delivered."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any

from bot.chat.probing import Reply, UnreachableError, ask
from bot.config import Settings
from bot.doctor.findings import Finding, fault, note, ok, told
from bot.services.ports import Clock

_PATIENCE_SECONDS = 5.0
_SLIGHTLY_OFF = timedelta(seconds=5)
_FAR_OFF = timedelta(seconds=60)
# More than a batch: nobody has fetched any for a while.
_MANY_UPDATES = 100
_REFUSED = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND})


async def examine_server(settings: Settings, clock: Clock) -> list[Finding]:
    """What Telegram says of the token, five seconds long at the most."""
    if settings.token is None:
        return [
            note(
                "token",
                "BOT_TOKEN is not set, so Telegram was not asked",
                "get one from @BotFather and put it into .env",
            )
        ]
    token = settings.token.reveal()
    ends_at = asyncio.get_running_loop().time() + _PATIENCE_SECONDS
    findings: list[Finding] = []
    try:
        me = await ask(settings.api_url, token, "getMe", clock.now, _PATIENCE_SECONDS)
        findings += [_token(me, settings), *_time(me)]
        if me.result is not None:
            left = max(ends_at - asyncio.get_running_loop().time(), 0.1)
            info = await ask(settings.api_url, token, "getWebhookInfo", clock.now, left)
            findings += _receiving(info, settings)
    except UnreachableError as error:
        findings.append(
            note(
                "Telegram",
                f"{settings.api_url} cannot be reached: {error}",
                "look at the network, the proxy and BOT_API_URL; the bot itself tries on and on",
            )
        )
    return findings


def _token(me: Reply, settings: Settings) -> Finding:
    if me.result is not None:
        return ok("token", f"it is that of @{me.result.get('username', 'a bot without a name')}")
    if me.status in _REFUSED and me.content:
        return fault(
            "token", "Telegram does not accept BOT_TOKEN", "copy it again from @BotFather into .env"
        )
    if me.content:
        words = me.content.get("description", "")
        return note("Telegram", f"it answers {me.status} {words}", "ask again in a while")
    return note(
        "Telegram",
        f"{settings.api_url} answers {me.status}, but not as Telegram does",
        "look at BOT_API_URL and the proxy, or ask again in a while",
    )


def _time(me: Reply) -> Iterator[Finding]:
    if me.ahead is None:
        yield note("clock", "the server does not tell the time", "look at the clock yourself")
        return
    off = abs(me.ahead)
    seconds = round(off.total_seconds())
    way = "ahead of" if me.ahead > timedelta() else "behind"
    state = f"this machine's is {seconds} s {way} Telegram's"
    remedy = "let the machine set its clock (timedatectl set-ntp true); drafts come by it"
    if off > _FAR_OFF:
        yield fault("clock", state, remedy)
    elif off > _SLIGHTLY_OFF:
        yield note("clock", state, remedy)
    else:
        yield ok("clock", "this machine's agrees with Telegram's")


def _receiving(info: Reply, settings: Settings) -> Iterator[Finding]:
    hook = info.result
    if hook is None:
        words = info.content.get("description", "")
        state = f"it could not be asked how it delivers: {info.status} {words}"
        yield note("Telegram", state, "ask again in a while")
        return
    yield _webhook(str(hook.get("url", "")), settings)
    yield from _last_error(hook, settings)
    waiting = hook.get("pending_update_count", 0)
    if isinstance(waiting, int) and waiting > _MANY_UPDATES:
        yield note(
            "updates",
            f"{waiting} wait at Telegram, which keeps them for a day",
            "start the bot; where it runs, its log says why it takes none",
        )
    else:
        yield ok("updates", f"{waiting} wait at Telegram")


def _webhook(url: str, settings: Settings) -> Finding:
    wanted = "" if settings.webhook is None else settings.webhook.url
    if url == wanted:
        return ok("webhook", f"it is {url}" if url else "there is none, as polling needs")
    if not wanted:
        return fault(
            "webhook",
            f"Telegram delivers to {url}, so the bot gets nothing by polling",
            "start the bot anew: it removes the webhook; where it comes back, another program has"
            " this token",
        )
    if not url:
        return fault(
            "webhook",
            "BOT_WEBHOOK_URL is set, but Telegram has no webhook",
            "start the bot anew: it sets the webhook; where that goes, another program polls with"
            " this token",
        )
    return fault(
        "webhook",
        f"Telegram delivers to {url}, and BOT_WEBHOOK_URL is {wanted}",
        "start the bot anew: it sets its own; where that goes, another program has this token",
    )


def _last_error(hook: Mapping[str, Any], settings: Settings) -> Iterator[Finding]:
    words, at = hook.get("last_error_message"), hook.get("last_error_date")
    if words:
        when = ""
        if isinstance(at, int):
            when = f" at {told(datetime.fromtimestamp(at, UTC), settings.zone)}"
        yield note(
            "webhook",
            f"Telegram's last failed delivery{when}: {words}",
            "where that is new, look at the certificate, the proxy and BOT_WEBHOOK_LISTEN",
        )
