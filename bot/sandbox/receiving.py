"""The Bot API methods by which a bot gets its updates: polling, or a webhook.

Source: https://core.telegram.org/bots/api#getting-updates
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.sandbox.calls import Call
from bot.sandbox.errors import ApiError, refused
from bot.sandbox.limits import UPDATES_PER_POLL
from bot.sandbox.updates import Hook
from bot.sandbox.world import Json

_TIMEOUT_SECONDS: Final = 50


async def get_updates(call: Call) -> list[Json]:
    """getUpdates; ApiError (409) while a webhook is set, or when a later call takes over."""
    queue = call.world.updates
    if queue.hook.url:
        raise ApiError(
            409,
            "can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first",
        )
    _remember_allowed(call)
    limit = call.params.number("limit", UPDATES_PER_POLL)
    timeout = call.params.number("timeout")
    return await queue.poll(
        call.params.number("offset"),
        limit if 1 <= limit <= UPDATES_PER_POLL else UPDATES_PER_POLL,
        min(max(timeout, 0), _TIMEOUT_SECONDS),
    )


async def set_webhook(call: Call) -> bool:
    """setWebhook; an empty address removes it. Plain http is taken, for this machine's sake."""
    queue, url = call.world.updates, call.params.text("url")
    secret = call.params.text("secret_token")
    if url and not re.match(r"https?://[^/\s]+", url):
        raise refused("bad webhook: HTTPS url must be provided for webhook")
    if secret and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
        raise refused("secret token contains unallowed characters")
    _remember_allowed(call)
    if call.params.flag("drop_pending_updates"):
        queue.clear()
    queue.hook = Hook(url, secret, call.params.number("max_connections", 40))
    queue.release()
    return True


async def delete_webhook(call: Call) -> bool:
    """deleteWebhook."""
    if call.params.flag("drop_pending_updates"):
        call.world.updates.clear()
    call.world.updates.hook = Hook()
    call.world.updates.release()
    return True


async def get_webhook_info(call: Call) -> Json:
    """getWebhookInfo."""
    queue = call.world.updates
    info: Json = {
        "url": queue.hook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(queue),
    }
    if queue.hook.url:
        info["max_connections"] = queue.hook.max_connections
    if queue.hook.last_error_date:
        info["last_error_date"] = queue.hook.last_error_date
        info["last_error_message"] = queue.hook.last_error_message
    if queue.allowed:
        info["allowed_updates"] = list(queue.allowed)
    return info


def _remember_allowed(call: Call) -> None:
    """Keep the list of wanted updates; without the parameter the last one stays."""
    allowed = call.params.document("allowed_updates")
    if allowed is None:
        return
    if not isinstance(allowed, list):
        raise refused("can't parse allowed updates JSON object")
    call.world.updates.allowed = tuple(str(kind) for kind in allowed)


RECEIVING: Final[Mapping[str, Callable[[Call], Any]]] = {
    "getupdates": get_updates,
    "setwebhook": set_webhook,
    "deletewebhook": delete_webhook,
    "getwebhookinfo": get_webhook_info,
}
