"""What it costs to import an archive of 200 reports, in processor time of the whole command."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from tests.benchmarks.comparing import Comparison, Series
from tests.benchmarks.markdown import reports
from tests.e2e.processes import ROOT

_ROUNDS, _ROUNDS_QUICK = 5, 2
_REPORTS: Final = 200
_MOST_SECONDS: Final = 2.0
_LAST: Final = date(2026, 10, 5)
_TITLE = re.compile(r"\A# .*")


async def measure(*, quick: bool = False) -> list[Comparison]:
    """Seconds of the processor for `weeknotes import`; the first round, which compiles, is not."""
    rounds = (_ROUNDS_QUICK if quick else _ROUNDS) + 1
    with tempfile.TemporaryDirectory(prefix="weeknotes-import-") as folder:
        archive = Path(folder) / "archive"
        archive.mkdir()
        _write(archive)
        spent = [_import(archive, Path(folder) / str(number)) for number in range(rounds)]
    return [
        Comparison(
            f"import of {_REPORTS} reports",
            "s of CPU",
            Series("weeknotes", tuple(spent[1:])),
            Series("allowed", (_MOST_SECONDS,)),
            1.0,
        )
    ]


def _write(archive: Path) -> None:
    """So many reports of as many weeks, where need be the same ones again, in files named so."""
    sources = reports()
    for number in range(_REPORTS):
        year, week, _ = (_LAST - timedelta(weeks=number)).isocalendar()
        title = f"# {year} 年第{week}周周报"
        text = _TITLE.sub(title, sources[number % len(sources)])
        (archive / f"{year}-W{week:02}.md").write_text(text, "utf-8")


def _import(archive: Path, home: Path) -> float:
    home.mkdir()
    environ = {
        "PATH": os.environ.get("PATH", os.defpath),
        "PYTHONPATH": str(ROOT),
        "BOT_ALLOWED_USERS": "1001",
        "BOT_DATA_DIR": str(home / "data"),
    }
    before = os.times()
    subprocess.run(  # noqa: S603 -- the program itself
        (sys.executable, "-m", "bot", "import", str(archive)),
        cwd=home, env=environ, check=True, capture_output=True,
    )  # fmt: skip
    after = os.times()
    return (
        after.children_user + after.children_system - before.children_user - before.children_system
    )
