"""The bot against the stand-in on this machine."""

from __future__ import annotations

import asyncio
import os
import sys
from typing import Annotated

import typer

from bot.cli.ending import WRONG_SETTINGS, end
from bot.cli.running import until_stopped
from bot.config import SettingsError


def sandbox(
    *,
    demo: Annotated[
        bool, typer.Option("--demo", help="Play a week, print the finished report, and end.")
    ] = False,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Where the chat page is served.")
    ] = 8081,
) -> None:
    """Try the bot on this machine: a chat page in the browser, no account, no token."""
    from bot import playground
    from bot.adapters import logs

    logs.configure("warning")
    logs.log_uncaught()
    try:
        if demo:
            sys.stdout.write(asyncio.run(playground.play_demo(os.environ)))
        else:
            until_stopped(playground.serve(os.environ, port))
    except SettingsError as error:
        end(str(error), WRONG_SETTINGS)
    except OSError as error:
        end(f"port {port}: {error.strerror or error}\n  choose another one with --port", 1)
