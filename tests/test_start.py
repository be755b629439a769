"""What a bot that has only just started has loaded."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).parents[1]
_START = """
import sys
from bot.cli import main
sys.argv[1:] = ["run"]
try:
    main()
except SystemExit as end:
    print(end.code)
import bot.app
unwanted = {unwanted!r}
print(*(name for name in unwanted if name in sys.modules))
"""
# Each is needed by some command, message or setting; none of them by a bot that waits.
_UNWANTED = (
    "PIL",
    "aiohttp.web",
    "jinja2",
    "markdown_it",
    "pydantic",
    "selectolax",
    "typer",
)


def test_it_loads_nothing_that_only_others_need(tmp_path: Path) -> None:
    """What a bot has in its memory all week is what receiving and storing take."""
    told = subprocess.run(  # noqa: S603 -- this very Python
        [sys.executable, "-c", _START.format(unwanted=_UNWANTED)],
        cwd=tmp_path,
        env={"PYTHONPATH": str(_ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout == "2\n\n"
    assert "BOT_TOKEN" in told.stderr
