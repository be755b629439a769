"""What the program may write to its log, looked at call by call."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from bot.i18n import Phrases, phrases_for
from tests.test_house import SOURCES
from tests.test_i18n import _sentences

_LEVELS = {"debug", "info", "warning", "error", "exception", "critical"}
_LOGS = {"_LOG", "_log", "logging.getLogger('bot')"}

# By what a call hands over, as it is written there; a new one needs its place here.
_NAMELESS = {
    "an id": {
        *("chat_id", "debt.chat_id", "key.chat_id", "answer.key.chat_id", "journal_id"),
        *("journal.id", "offer.id", "number", "incident", "letter.incident", "incident_id()"),
        "picture.sha256",
    },
    # Given by the bot and by nobody else: 2023-W40-1.jpg.
    "a name of ours": {"picture.name", "kept.name", "self._name", "place", "_DAILY", "name"},
    "a place in the folder of the data, whose names are ours": {"path", "folder"},
    "a week, an instant or a count": {
        *("week", "today", "when", "tries", "link.tries + 1", "retry_at", "seconds"),
        "len(self._waiting)",
        "closed",
        "mode",
    },
    "a kind of fault": {
        "fault",
        "state",
        "step",
        "what",
        "_HOOKED if _WEBHOOK in str(error).lower() else _RIVAL",
    },
    # Of Telegram, the system or the database, in their words.
    "a fault": {"error", "brief(error)", "args.object", "context['message']"},
    "the bot itself, and its settings": {
        *("bot.application.bot.username", "warning.setting", "warning"),
    },
}


def _calls() -> Iterator[tuple[str, ast.Call]]:
    for name, source in SOURCES.items():
        for node in ast.walk(ast.parse(source)):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and ast.unparse(node.func.value) in _LOGS
            ):
                yield name, node


def test_no_call_hands_over_what_a_person_wrote() -> None:
    """Each argument is an id, a number, a name of ours or a fault; texts are never formatted in."""
    allowed = set().union(*_NAMELESS.values())
    found, handed = [], set()
    for name, call in _calls():
        assert isinstance(call.func, ast.Attribute)
        if call.func.attr not in _LEVELS:
            continue
        words, *arguments = call.args
        assert isinstance(words, ast.Constant), f"{name}: {ast.unparse(call)}"
        handed |= {ast.unparse(argument) for argument in arguments}
        found += [
            f"{name}:{call.lineno}: {ast.unparse(argument)}"
            for argument in arguments
            if ast.unparse(argument) not in allowed
        ]
    assert found == []
    assert allowed - handed == set()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_who_hears_of_a_fault_of_the_program_is_told_its_id(language: str) -> None:
    """Each sentence about one names the incident under which the log has it."""
    phrases: Phrases = phrases_for(language)
    naming = {name for name, words in _sentences(phrases) if "{incident}" in words}
    assert naming == {
        "failed",
        "failing.kept_for_later",
        "failing.many_kept",
        "offers.unfetched",
    }


def test_whoever_says_so_has_written_it_down() -> None:
    """In the same function as the sentence stands the record, or where its failure was made."""
    speaking = {name for name, source in SOURCES.items() if ".format(incident=" in source}
    assert speaking == {"bot/chat/failures.py", "bot/chat/offers.py"}
    minting = {name for name, source in SOURCES.items() if "_new_incident()" in source}
    assert minting == {
        "bot/chat/failures.py",
        "bot/services/intake.py",
        "bot/services/returning/offering.py",
    }
