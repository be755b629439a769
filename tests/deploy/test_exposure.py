"""The unit's exposure is measured, or it is said that it was not."""

from __future__ import annotations

import pytest

from tests.deploy.exposure import NOT_CHECKED, TOO_MUCH, judge, main

_LEVEL = "→ Overall exposure level for weeknotes.service: {} OK :-)"


@pytest.mark.parametrize(
    ("report", "status", "words"),
    [
        (_LEVEL.format("1.1"), 0, "exposure level 1.1, at most 1.5"),
        (_LEVEL.format("1.6"), TOO_MUCH, "exposure level 1.6, at most 1.5"),
        ("", NOT_CHECKED, "not checked: systemd-analyze gave no level"),
    ],
    ids=["all well", "too much", "no level"],
)
def test_the_verdict(report: str, status: int, words: str) -> None:
    """More than it may be fails; an older systemd cannot say, and that is no pass."""
    assert judge(report) == (status, words)


def test_without_systemd_nothing_is_said_to_be_well(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On a machine that has none of its programs."""
    monkeypatch.setenv("PATH", "")
    assert main() == NOT_CHECKED
    assert capsys.readouterr().out == "not checked: there is no systemd-analyze here\n"
