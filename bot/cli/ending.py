"""How commands end: with their work done, or with a sentence that says why not."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, Final, NoReturn, TypeVar

from bot.config import Settings, SettingsError, load_settings

WRONG_SETTINGS: Final = 2

T = TypeVar("T")


def at_desk(work: Callable[[Settings], Coroutine[Any, Any, T]]) -> T:
    """What the work gives; what keeps it from being done is said in a sentence."""
    from bot.adapters import logs
    from bot.desk import WhichJournalError
    from bot.services.storage_faults import StartRefusedError, explain
    from bot.storage.migrations import NewerDatabaseError

    try:
        settings = load_settings(os.environ, Path(".env"))
        logs.configure("warning", settings.secrets())
        return asyncio.run(work(settings))
    except (SettingsError, WhichJournalError) as error:
        end(str(error), WRONG_SETTINGS)
    except (NewerDatabaseError, StartRefusedError) as error:
        end(str(error), 1)
    except sqlite3.Error as error:
        end(explain(error, settings.database), 1)
    except OSError as error:
        end(str(error), 1)


def without_a_journal(work: Callable[[Settings], bool]) -> None:
    """The work is done; exit status 1 where not all of it could be, said in a sentence."""
    from bot.adapters import logs
    from bot.adapters.backups.layout import BackupRefusedError
    from bot.services.storage_faults import explain

    try:
        settings = load_settings(os.environ, Path(".env"))
        logs.configure("warning", settings.secrets())
        if not work(settings):
            raise SystemExit(1)
    except SettingsError as error:
        end(str(error), WRONG_SETTINGS)
    except BackupRefusedError as error:
        end(str(error), 1)
    except (OSError, sqlite3.Error) as error:
        end(explain(error, settings.database), 1)


def print_bytes(content: bytes) -> None:
    """The bytes are on standard output, the same whatever the terminal's encoding.

    A pipe may close before it has them all, which is no fault of ours and not ours to tell.
    """
    if sys.stdout is None:
        end("standard output is closed", 1)
    try:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        # Or Python tries once more at its end, and complains in its own way.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        end(f"standard output: {error.strerror or error}", 1)


def end(words: str, status: int) -> NoReturn:
    """The program ends with that status; the words are on standard error."""
    if sys.stderr is not None:
        sys.stderr.write(f"{words}\n")
    raise SystemExit(status)
