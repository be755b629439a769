"""What the service manager is told: that the bot is ready, lives, and stops."""

from __future__ import annotations

import asyncio
import logging
import socket
from typing import Final

from bot.services.health import Health

_LOG = logging.getLogger(__name__)
_LOOKS_EVERY_SECONDS: Final = 0.5
# One that is late by a busy machine's doing has three more.
_SIGNS_OF_LIFE: Final = 4


class Supervisor:
    """Tells systemd what it waits for, each thing in one datagram. Source: sd_notify(3)."""

    def __init__(self, address: str, watchdog_seconds: float | None, health: Health) -> None:
        # An abstract address is written with @ and begins with NUL.
        self._address = "\0" + address[1:] if address.startswith("@") else address
        self._watchdog_seconds = watchdog_seconds
        self._health = health

    async def run(self) -> None:
        """Ready once Telegram is heard; from then on a sign of life as long as there is one.

        That is: this loop runs, and the database answers. A Telegram that is silent is no reason
        to be started anew, nor is a full disk.
        """
        while not (await self._health.look()).is_ready:  # noqa: ASYNC110 -- it tells nobody
            await asyncio.sleep(_LOOKS_EVERY_SECONDS)
        self._tell("READY=1")
        if self._watchdog_seconds is None:
            return
        while True:
            if (await self._health.look()).readable:
                self._tell("WATCHDOG=1")
            await asyncio.sleep(self._watchdog_seconds / _SIGNS_OF_LIFE)

    def stop(self) -> None:
        """It is known that the bot is about to end."""
        self._tell("STOPPING=1")

    def _tell(self, state: str) -> None:
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
                line.setblocking(False)
                line.sendto(state.encode("ascii"), self._address)
        except OSError as error:
            _LOG.warning("the service manager cannot be told %s: %s", state, error)
