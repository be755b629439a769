"""How findings are told, to people and to machines."""

from __future__ import annotations

import json

from bot.adapters.masking import Mask
from bot.doctor.findings import Diagnosis, Finding, counted, fault, note, ok
from tests.clock import START

_SECRET = "123:not-for-anybody"  # noqa: S105 -- opens nothing


def diagnosis(*findings: Finding, has_faulty_settings: bool = False) -> Diagnosis:
    """A diagnosis of those findings."""
    return Diagnosis(findings, START, Mask([_SECRET]), has_faulty_settings)


def test_each_finding_is_a_line_with_what_to_do_below_it() -> None:
    """Level, thing, state; then the remedy; the last line counts."""
    told = diagnosis(
        ok("disk", "5000 MB are free"),
        note("clock", "it is 9 s ahead", "set it"),
        fault("pictures", "2 files missing", "put them back", ["a.jpg", "b.jpg"]),
    ).as_text()
    assert told == (
        "ok     disk: 5000 MB are free\n"
        "note   clock: it is 9 s ahead\n"
        "       set it\n"
        "fault  pictures: 2 files missing\n"
        "         - a.jpg\n"
        "         - b.jpg\n"
        "       put them back\n"
        "1 fault, 1 note\n"
    )


def test_the_same_is_one_json_object() -> None:
    """Whatever the level, a finding has the same five fields."""
    content = json.loads(diagnosis(fault("token", "it is refused", "copy it")).as_json())
    assert content == {
        "status": "fault",
        "checked_at": "2023-10-04T12:00:00+00:00",
        "faults": 1,
        "notes": 0,
        "findings": [
            {
                "level": "fault",
                "thing": "token",
                "state": "it is refused",
                "remedy": "copy it",
                "details": [],
            }
        ],
    }


def test_the_exit_status_tells_faults_from_notes_and_settings_from_the_rest() -> None:
    """0 also with notes, 1 with faults, 2 where the settings are at fault."""
    bad = fault("a", "b", "c")
    assert diagnosis(ok("a", "b"), note("a", "b", "c")).status == 0
    assert diagnosis(ok("a", "b"), bad).status == 1
    assert diagnosis(bad, has_faulty_settings=True).status == 2


def test_many_details_are_cut_for_people_and_whole_for_machines() -> None:
    """Twenty, and how many there are besides."""
    told = diagnosis(note("pictures", "25 files", "do", [f"{n}.jpg" for n in range(25)]))
    assert "19.jpg\n         - and 5 more; --json lists them all\n" in told.as_text()
    assert len(json.loads(told.as_json())["findings"][0]["details"]) == 25


def test_nothing_told_holds_a_secret_or_steers_the_terminal() -> None:
    """Wherever it comes from: a server's words, an error, a file's name."""
    told = diagnosis(fault("a", f"x {_SECRET}", f"\x1b[31m{_SECRET}", [f"line\nfault  b{_SECRET}"]))
    for text in (told.as_text(), told.as_json()):
        assert "not-for-anybody" not in text
        assert "\x1b" not in text
    assert told.as_text().count("\n") == 4


def test_things_are_counted() -> None:
    """One is one, and none are several."""
    assert [counted(n, "file") for n in (0, 1, 2)] == ["0 files", "1 file", "2 files"]
