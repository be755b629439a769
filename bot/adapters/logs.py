"""Logging: one line for each event, and no secret in any of them.

Libraries put the bot's token into messages, arguments and exceptions, because it is part of
every address they call. So it is taken out at the very end, from the formatted record.
"""

from __future__ import annotations

import json
import logging
import re
import secrets as randomness
import sys
import threading
from collections.abc import Iterable
from datetime import UTC, datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any, NewType

from bot.adapters.masking import Mask

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop
    from sys import UnraisableHookArgs

IncidentId = NewType("IncidentId", str)

_log = logging.getLogger(__name__)

# No vowels, hence no words; nothing that is mistaken for something else when read out.
_READABLE = "23456789bcdfghjkmnpqrstvwxyz"
_INCIDENT_LENGTH = 8

# They log every address they request, and the token is in it; or every step they take.
_TALKATIVE = ("httpx", "httpcore", "apscheduler", "aiosqlite", "markdown_it")

# It logs the whole of an answer that it cannot read, and people's messages are in it. What it
# raises then is logged where it is caught.
_TELLS_BODIES = "telegram.request.BaseRequest"

# At debug they log each call with all that it says and hears: messages, links that let people in.
_TELLS_CALLS = ("telegram.Bot", "telegram.ext.ExtBot")

# A line break or an escape sequence in a message could pass for a record of its own.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def incident_id() -> IncidentId:
    """A new short name for an error, told to the person and written to the log.

    Eight characters: among ten thousand errors, two share one with a chance of 1 in 7,500.
    """
    return IncidentId("".join(randomness.choice(_READABLE) for _ in range(_INCIDENT_LENGTH)))


def _names_calls(record: logging.LogRecord) -> bool:
    """Of a call, and of its answer, the name of the method is left."""
    if record.levelno == logging.DEBUG and isinstance(record.args, tuple) and len(record.args) > 1:
        asks = str(record.msg).startswith("Calling")
        record.msg = "%s is called" if asks else "%s has an answer"
        record.args = record.args[:1]
    return True


class MaskedFormatter(logging.Formatter):
    """Time (UTC), level, logger and message in one line; a traceback follows, indented."""

    def __init__(self, mask: Mask) -> None:
        super().__init__()
        self._mask = mask

    def format(self, record: logging.LogRecord) -> str:
        """The record as text, without secrets: those in its traceback are taken out as well."""
        moment = datetime.fromtimestamp(record.created, UTC)
        stamp = f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"
        head = f"{stamp} {record.levelname:<8} {record.name}: "
        lines = [head + record.getMessage()]
        # Not kept in `record.exc_text`, as the stock formatter does: there it would be unmasked.
        if record.exc_info:
            lines += self.formatException(record.exc_info).split("\n")
        if record.stack_info:
            lines += record.stack_info.split("\n")
        return self._mask("\n    ".join(_CONTROL.sub(_escape, line) for line in lines))


def _escape(control: re.Match[str]) -> str:
    return repr(control[0])[1:-1]


class _QuietHandler(logging.StreamHandler[Any]):
    """Writes to standard error; a record that cannot be written is named, never shown."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 -- the name is logging's
        # The stock method prints the raw message and its arguments, the token among them.
        kind = getattr(sys.exc_info()[0], "__name__", "error")
        note = f"a record of {record.pathname}:{record.lineno} could not be logged ({kind})\n"
        try:
            self.stream.write(note)
        except (OSError, ValueError):
            return  # nobody reads standard error any more


class JsonFormatter(MaskedFormatter):
    """A JSON object for each event, on one line: time (UTC), level, logger, event, and trace."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as JSON, without secrets."""
        moment = datetime.fromtimestamp(record.created, UTC)
        told = {
            "time": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": self._mask(record.getMessage()),
        }
        if record.exc_info:
            told["trace"] = self._mask(self.formatException(record.exc_info))
        elif record.stack_info:
            told["trace"] = self._mask(record.stack_info)
        return json.dumps(told)


def configure(level: str, secrets: Iterable[str] = (), *, as_json: bool = False) -> None:
    """Sends all records from `level` up (like `info`) to standard error, without the secrets.

    Each is one line of text, or of JSON. Replaces what was set up before. Warnings of Python
    become records too.
    """
    handler = _QuietHandler()
    mask = Mask(secrets)
    handler.setFormatter(JsonFormatter(mask) if as_json else MaskedFormatter(mask))
    root = logging.getLogger()
    for old in tuple(root.handlers):
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level.upper())
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in _TELLS_CALLS:
        logging.getLogger(name).addFilter(_names_calls)
    logging.getLogger(_TELLS_BODIES).setLevel(logging.CRITICAL)
    logging.captureWarnings(capture=True)


def log_uncaught() -> None:
    """Sends exceptions that nobody caught through logging: of the program, threads, finalizers.

    Call it once everything else that sets `sys.excepthook` (a command line library) has done so.
    """
    sys.excepthook = _uncaught
    threading.excepthook = _uncaught_in_thread
    sys.unraisablehook = _unraisable


def log_loop_errors(loop: AbstractEventLoop) -> None:
    """Sends the event loop's complaints, like an error of a forgotten task, through logging."""
    loop.set_exception_handler(_loop_error)


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        _log.info("interrupted")
        return
    _log.critical("uncaught error %s", incident_id(), exc_info=(kind, error, trace))


def _uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
    name = args.thread.name if args.thread else "unknown"
    error = args.exc_value or args.exc_type()
    _log.error("uncaught error %s in thread %s", incident_id(), name, exc_info=error)


def _unraisable(args: UnraisableHookArgs) -> None:
    what = args.err_msg or "Exception ignored in"
    _log.error("error %s: %s %r", incident_id(), what, args.object, exc_info=args.exc_value)


def _loop_error(_: AbstractEventLoop, context: dict[str, Any]) -> None:
    error = context.get("exception")
    _log.error("error %s in the loop: %s", incident_id(), context["message"], exc_info=error)
