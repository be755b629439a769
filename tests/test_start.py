"""What a bot that has only just started has loaded."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.e2e.processes import theatre

# What it prints of each import ends with the module's name.
_TOLD = "import time:"
# Each is needed by some command, message or setting; none of them by a bot that waits.
_UNWANTED = {
    "PIL",
    "aiohttp.web",
    "click",
    "dotenv",
    "jinja2",
    "markdown_it",
    "pydantic",
    "pygments",
    "rich",
    "selectolax",
    "typer",
}
_CONTEXTS = """
import gc, ssl
from bot.cli.sparing import import_sparingly
import_sparingly()
import bot.app
contexts = [one for one in gc.get_objects() if isinstance(one, ssl.SSLContext)]
print(*(one.cert_store_stats()["x509_ca"] for one in contexts))
print(*vars(ssl.SSLContext).keys() & {"set_default_verify_paths"})
"""


async def test_it_loads_nothing_that_only_others_need(tmp_path: Path) -> None:
    """What a bot has in its memory all week is what receiving and storing take."""
    async with theatre(tmp_path) as stage:
        stage.program.command = (sys.executable, "-X", "importtime", "-m", "bot", "run")
        await stage.start()
        lines = stage.program.output.split("\n")
    loaded = {line.rpartition("|")[2].strip() for line in lines if line.startswith(_TOLD)}
    assert "bot.app" in loaded
    assert not loaded & _UNWANTED


def test_no_authorities_are_read_before_somebody_is_to_be_trusted() -> None:
    """And those who read some afterwards get them as ever."""
    told = subprocess.run(  # noqa: S603 -- this very Python
        [sys.executable, "-c", _CONTEXTS],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout == "0 0\n\n"
