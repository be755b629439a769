"""`weeknotes report`: any week, printed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from tests.archive.files import TIDY, WINDOWS
from tests.archive.test_faults import Shell


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """A shell where two weeks of 2023 were imported, one of them with its picture."""
    shell = Shell(tmp_path)
    folder = tmp_path / "in"
    (folder / "images").mkdir(parents=True)
    Image.effect_noise((3000, 1000), 60).save(folder / "images" / "sea.jpg", quality=95)
    (folder / "2023-W40.md").write_bytes(TIDY.encode())
    (folder / "2023-W07.md").write_bytes(WINDOWS.encode())
    assert shell.run("import", str(folder)).exit_code == 0
    return shell


@pytest.mark.parametrize(
    "words",
    ["2023-w40", "2023 40", "2023年第四十周", "2023-10-05", "40", "w40", "10/5", "10月第二周", ""],
)
def test_a_week_is_printed_byte_for_byte(shell: Shell, words: str) -> None:
    """By any of its names; without one it is the last that is finished."""
    result = shell.run("report", *words.split())
    assert (result.exit_code, result.stdout_bytes) == (0, TIDY.encode())


def test_line_ends_stay_as_they_came(shell: Shell) -> None:
    """A pipe gets the file's own bytes."""
    assert shell.run("report", "2023-w7").stdout_bytes == WINDOWS.encode()


def test_a_page_has_its_pictures_in_it(shell: Shell) -> None:
    """They are small, and nothing else is needed to read it."""
    page = shell.run("report", "2023-w40", "--html").stdout
    assert page.startswith("<!doctype html>")
    assert page.endswith("</html>\n")
    assert 'src="data:image/jpeg;base64,' in page
    assert "images/sea.jpg" not in page
    assert len(page) < (shell.folder / "in/images/sea.jpg").stat().st_size / 2


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        ("2023", 2, "2023: names many weeks\n  of them hold something: 2023-W07, 2023-W40"),
        ("2022年10月", 2, "of them hold something: none"),
        ("2023-w08", 1, "2023-W08: there is nothing in this week"),
        ("2023-w53", 2, "2023-w53"),
        ("spring", 2, "spring"),
    ],
)
def test_what_cannot_be_printed_is_said_beside_the_output(
    shell: Shell, words: str, status: int, said: str
) -> None:
    """Nothing is on standard output, so that a pipe carries no excuse for a report."""
    result = shell.run("report", words)
    assert (result.exit_code, result.stdout) == (status, "")
    assert said in result.stderr


def test_a_journal_that_is_not_there_is_refused(shell: Shell) -> None:
    """With those that are."""
    result = shell.run("report", "2023-w40", "--journal", "7")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--journal 7: there is none; there are: 1" in result.stderr
    assert shell.run("report", "2023-w40", "--journal", "1").exit_code == 0


def test_an_empty_week_tells_its_neighbours(shell: Shell) -> None:
    """So that one knows what to ask for."""
    assert "2023-W07, 2023-W40" in shell.run("report", "2023-w08").stderr


def test_a_pipe_may_close_early(shell: Shell) -> None:
    """`weeknotes report | head` ends without a traceback."""
    command = (sys.executable, "-m", "bot", "report", "2023-w40", "--html")
    environ = {"BOT_DATA_DIR": str(shell.folder / "data"), "BOT_ALLOWED_USERS": "1001"}
    with subprocess.Popen(  # noqa: S603 -- the command is this test's own
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environ,
        cwd=Path(__file__).parents[2],
    ) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        # More than a pipe holds follows, and nobody takes it.
        assert program.stdout.read(10) == b"<!doctype "
        program.stdout.close()
        assert program.stderr.read() == b""


@pytest.mark.parametrize("html", [(), ("--html",)])
@pytest.mark.parametrize(
    ("redirection", "said"),
    [(">&-", "standard output is closed"), (">/dev/full", "standard output: No space left")],
)
def test_output_that_takes_nothing_is_said(
    shell: Shell, html: tuple[str, ...], redirection: str, said: str
) -> None:
    """In a line, and the status tells."""
    words = (sys.executable, "-m", "bot", "report", "2023-w40", *html)
    command = f"{' '.join(words)} {redirection}"
    environ = {"BOT_DATA_DIR": str(shell.folder / "data"), "BOT_ALLOWED_USERS": "1001"}
    done = subprocess.run(  # noqa: S602 -- redirections are the shell's, and the words this test's
        command,
        shell=True,
        capture_output=True,
        env=environ,
        cwd=Path(__file__).parents[2],
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith(said)
    assert done.stderr.count("\n") == 1
