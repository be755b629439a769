"""The log: one line for each event, the token in none."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import sys
import threading
import warnings
from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

import pytest

from bot.adapters.logs import configure, incident_id, log_loop_errors, log_uncaught
from bot.adapters.masking import HIDDEN

TOKEN = "123456789:AAExAmPlE_tokenTOKEN-tokenTOKEN12345"  # noqa: S105 -- made up
ADDRESS = f"https://api.telegram.org/bot{TOKEN}/getMe"

log = logging.getLogger("bot.test")


class SetUp(Protocol):
    """Sets the log up and returns what it writes to."""

    def __call__(self, level: str = "info", *, as_json: bool = False) -> io.StringIO: ...


@pytest.fixture
def set_up(monkeypatch: pytest.MonkeyPatch) -> Iterator[SetUp]:
    """The log set up as the program does, when the test calls it; put back afterwards."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    talkative = {name: logging.getLogger(name).level for name in ("httpx", "httpcore")}

    def begin(level: str = "info", *, as_json: bool = False) -> io.StringIO:
        written = io.StringIO()
        monkeypatch.setattr(sys, "stderr", written)
        configure(level, [TOKEN], as_json=as_json)
        return written

    yield begin
    root.handlers[:] = before
    root.setLevel(level)
    logging.captureWarnings(capture=False)
    for name, was in talkative.items():
        logging.getLogger(name).setLevel(was)


@pytest.fixture
def hooks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hooks for uncaught exceptions set; put back afterwards."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    log_uncaught()


def raise_chained() -> None:
    """Fails with the token in the error, in its cause, its note and its context."""
    try:
        try:
            raise ValueError(ADDRESS)
        except ValueError as error:
            raise OSError(f"no {ADDRESS}") from error
    except OSError as error:
        final = RuntimeError(f"refused: {TOKEN}")
        final.add_note(f"while calling {ADDRESS}")
        raise final from error


def chained() -> RuntimeError:
    """The error of `raise_chained`, with its traceback."""
    with pytest.raises(RuntimeError) as raised:
        raise_chained()
    return raised.value


def test_an_event_is_a_line(set_up: SetUp) -> None:
    """A record is time in UTC, level, logger and message; control characters cannot break it."""
    stream = set_up()
    log.warning("two\nlines\x1b[31m and\u2028three")
    (line,) = stream.getvalue().split("\n")[:-1]
    stamp, level, name, message = line.split(maxsplit=3)
    assert stamp.endswith("Z")
    assert (level, name) == ("WARNING", "bot.test:")
    assert message == r"two\nlines\x1b[31m and\u2028three"


def test_levels(set_up: SetUp) -> None:
    """Records below the level are left out; those of the HTTP client below a warning always."""
    stream = set_up()
    log.debug("too little")
    assert stream.getvalue() == ""
    stream = set_up("debug")
    logging.getLogger("httpx").info("HTTP Request: POST %s", ADDRESS)
    logging.getLogger("httpcore.connection").debug("connect %s", ADDRESS)
    assert stream.getvalue() == ""
    log.debug("enough")
    assert stream.getvalue().count("\n") == 1


def test_token_in_messages_and_arguments(set_up: SetUp) -> None:
    """The token is hidden wherever in a message it comes from."""
    stream = set_up()
    log.info("calling %s", ADDRESS)
    log.info("%r", {"url": ADDRESS})
    log.info(ADDRESS)
    logging.getLogger(f"bot.{TOKEN}").info("by name")
    assert stream.getvalue().count(HIDDEN) == 4
    assert TOKEN not in stream.getvalue()


def test_token_in_tracebacks(set_up: SetUp) -> None:
    """The token is hidden in a traceback with its chain, notes and stack; the rest stays."""
    stream = set_up()
    log.error("failed", exc_info=chained(), stack_info=True)
    text = stream.getvalue()
    assert TOKEN.partition(":")[2] not in text
    assert text.count(HIDDEN) == 4
    assert "ValueError" in text
    assert "raise_chained" in text
    head, *below = text.rstrip("\n").split("\n")
    assert head.endswith("bot.test: failed")
    assert all(line.startswith("    ") for line in below)


def test_traceback_stays_unmasked_nowhere(set_up: SetUp) -> None:
    """A record is not left with a formatted traceback that another handler would print."""
    stream = set_up()
    (handler,) = logging.getLogger().handlers
    error = chained()
    record = log.makeRecord(
        log.name, logging.ERROR, __file__, 1, "failed", (), (type(error), error, None)
    )
    handler.handle(record)
    assert "refused" in stream.getvalue()
    assert record.exc_text is None


def test_record_that_cannot_be_formatted(set_up: SetUp) -> None:
    """A faulty logging call is named by its place, without its arguments."""
    stream = set_up()
    log.info("%d of it", TOKEN)
    assert "test_logs.py" in stream.getvalue()
    assert TOKEN not in stream.getvalue()
    assert "of it" not in stream.getvalue()


def test_standard_error_that_is_closed(set_up: SetUp) -> None:
    """Where nobody reads the log any more, logging does not fail."""
    stream = set_up()
    stream.close()
    log.info("into the void")
    assert stream.closed


def test_warnings_are_records(set_up: SetUp) -> None:
    """A warning of Python is logged, without the token."""
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        stream = set_up()
        warnings.warn(f"deprecated: {ADDRESS}", DeprecationWarning, stacklevel=1)
        logging.captureWarnings(capture=False)
    assert "py.warnings" in stream.getvalue()
    assert TOKEN not in stream.getvalue()


@pytest.mark.usefixtures("hooks")
def test_uncaught_errors(set_up: SetUp) -> None:
    """What nobody caught ends in the log, of the program, of a thread and of a finalizer."""
    stream = set_up()

    class Leaving:
        def __del__(self) -> None:
            raise_chained()

    error = chained()
    sys.excepthook(type(error), error, error.__traceback__)
    thread = threading.Thread(target=raise_chained, name="worker")
    thread.start()
    thread.join()
    Leaving()
    text = stream.getvalue()
    assert text.count("RuntimeError: refused") == 3
    assert "CRITICAL" in text
    assert "in thread worker" in text
    assert "Leaving.__del__" in text
    assert TOKEN not in text


@pytest.mark.usefixtures("hooks")
def test_interruption_is_no_error(set_up: SetUp) -> None:
    """Ctrl-C leaves a line and no traceback."""
    stream = set_up()
    error = KeyboardInterrupt()
    sys.excepthook(type(error), error, None)
    assert stream.getvalue().endswith("interrupted\n")
    assert stream.getvalue().count("\n") == 1


async def test_errors_in_the_loop(set_up: SetUp) -> None:
    """An error of a callback, and of a task nobody awaits, ends in the log."""
    stream = set_up()
    loop = asyncio.get_running_loop()
    log_loop_errors(loop)
    loop.call_soon(raise_chained)
    await asyncio.sleep(0)
    loop.call_exception_handler({"message": f"odd: {ADDRESS}"})
    text = stream.getvalue()
    assert "RuntimeError: refused" in text
    assert "odd: " in text
    assert TOKEN not in text


def test_incidents_have_names_to_read_out() -> None:
    """An incident has eight characters that are not mistaken for each other, its own each time."""
    names = {incident_id() for _ in range(1000)}
    assert len(names) == 1000
    assert {len(name) for name in names} == {8}
    assert not set("".join(names)) & set("01ilouaeABCDEFGHIJKLMNOPQRSTUVWXYZ")


def test_json_has_one_object_for_each_event(set_up: SetUp) -> None:
    """On one line, with its trace in it, and without the token anywhere."""
    written = set_up("info", as_json=True)
    log.info("two\nlines, and %s", ADDRESS)
    log.error("incident %s", "bcdf2345", exc_info=chained())
    first, second = map(json.loads, written.getvalue().splitlines())
    assert first.keys() == {"time", "level", "logger", "event"}
    assert (first["level"], first["logger"]) == ("info", "bot.test")
    assert first["event"].startswith("two\nlines, and https://api.telegram.org/bot")
    assert second["event"] == "incident bcdf2345"
    assert second["trace"].startswith("Traceback")
    assert TOKEN not in written.getvalue()
    assert HIDDEN in first["event"]
    assert datetime.fromisoformat(first["time"]).tzinfo is not None


def test_of_a_call_its_method_is_logged(set_up: SetUp) -> None:
    """Not what it says and hears, which may be a message or let somebody in."""
    written = set_up("debug")
    library = logging.getLogger("telegram.ext.ExtBot")
    library.debug("Calling Bot API endpoint `%s` with parameters `%s`", "sendMessage", {"a": "hot"})
    library.debug("Call to Bot API endpoint `%s` finished with `%s`", "sendMessage", ["hot"])
    library.info("that is no call: %s %s", 1, 2)
    told = [line.partition("ExtBot: ")[2] for line in written.getvalue().strip().split("\n")]
    assert told == ["sendMessage is called", "sendMessage has an answer", "that is no call: 1 2"]
