"""A check of known holes that could not be made is never taken for one that was passed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.deploy.audit import HOLES, NOT_CHECKED, judge

_WELL = {"name": "well", "version": "1", "vulns": []}
_SKIPPED = {"name": "skipped", "skip_reason": "not found"}
_HOLED = {"name": "holed", "version": "1", "vulns": [{"id": "X-1", "fix_versions": ["2"]}]}


@pytest.mark.parametrize(
    ("packages", "status", "words"),
    [
        ([_WELL, _WELL], 0, "2 packages, no known hole"),
        ([_WELL, _SKIPPED], NOT_CHECKED, "not checked: 1 of 2 packages are unknown there"),
        ([_WELL, _SKIPPED, _HOLED], HOLES, "holed 1: X-1, mended in 2"),
        ([], NOT_CHECKED, "not checked: 0 of 0 packages are unknown there"),
    ],
    ids=["all well", "one skipped", "one with a hole", "none"],
)
def test_the_verdict(packages: list[dict[str, Any]], status: int, words: str) -> None:
    """A hole fails, and what was not looked at is said."""
    assert judge(json.dumps({"dependencies": packages, "fixes": []})) == (status, words)


@pytest.mark.parametrize("report", ["", "no route to host", "[]"])
def test_no_report_is_no_verdict(report: str) -> None:
    """As where the service is not reached."""
    assert judge(report) == (NOT_CHECKED, "not checked: pip-audit gave no report")
