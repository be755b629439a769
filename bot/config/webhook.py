"""The three settings of the webhook, which only mean something together."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from bot.adapters.masking import Secret
from bot.config.reading import Reader
from bot.config.settings import Webhook
from bot.config.values import WrongValueError, parse_address

# The ports Telegram's own server delivers to (Bot API, setWebhook).
_PORTS = (443, 80, 88, 8443)
_HTTPS = 443

# Each with what to write where it is missing.
_REMEDIES: Final = {
    "BOT_WEBHOOK_URL": "write the public https address that leads to the bot",
    "BOT_WEBHOOK_LISTEN": "write the host and port the bot listens at, like 127.0.0.1:8080",
    "BOT_WEBHOOK_SECRET": "make up a long word of A-Z a-z 0-9 _ -; Telegram sends it along",
}


def read_webhook(reader: Reader, *, official: bool) -> Webhook | None:
    """The webhook, or None where nothing of it is set; some of it without the rest is a fault.

    `official` says that updates come from Telegram's own server, which delivers to https at
    a few ports only. Another server may deliver to any address.
    """
    url = reader.read("BOT_WEBHOOK_URL", _parse_public if official else parse_address, "")
    host, port = reader.read("BOT_WEBHOOK_LISTEN", parse_listen, ("", 0))
    secret = reader.read("BOT_WEBHOOK_SECRET", _parse_secret, Secret(""))
    present = [name for name in _REMEDIES if reader.values[name]]
    if reader.values["BOT_WEBHOOK_SECRET_FILE"] and "BOT_WEBHOOK_SECRET" not in present:
        present.append("BOT_WEBHOOK_SECRET")  # what is wrong with it was said
    if not present:
        return None
    for name, remedy in _REMEDIES.items():
        if name not in present:
            reader.add(name, f"is not set, but {present[0]} is", remedy)
    return Webhook(url, host, port, secret)


def _parse_public(value: str) -> str:
    address = parse_address(value)
    parts = urlsplit(address)
    if parts.scheme != "https":
        raise WrongValueError("is not https", "Telegram delivers to https only")
    if (parts.port or _HTTPS) not in _PORTS:
        ports = ", ".join(map(str, _PORTS))
        raise WrongValueError(f"names the port {parts.port}", f"Telegram delivers to {ports} only")
    return address


def parse_listen(value: str) -> tuple[str, int]:
    """A host and a port, like `127.0.0.1:8080`."""
    match = re.fullmatch(r"([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\]):([0-9]{1,5})", value)
    if match is None or not 0 < int(match[2]) < 2**16:
        raise WrongValueError("is no host and port", "write it like 127.0.0.1:8080")
    return match[1].strip("[]"), int(match[2])


def _parse_secret(value: str) -> Secret:
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", value):
        raise WrongValueError(
            "is too long or holds other characters", "1 to 256 of A-Z a-z 0-9 _ -"
        )
    return Secret(value)
