"""Progress on the console."""

from __future__ import annotations

import pytest

from bot.bars import bars


def test_nothing_is_written_to_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    """Not even an empty line, which a script would have to take away."""
    with bars() as shown:
        for _ in shown.track(range(3), description="Counting"):
            pass
    written = capsys.readouterr()
    assert (written.out, written.err) == ("", "")
