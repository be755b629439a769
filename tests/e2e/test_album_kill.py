"""An album whose parts are torn apart by SIGKILL is one album all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.pictures import jpeg
from tests.e2e.processes import Theatre, theatre, until
from tests.e2e.reckoning import entries


@pytest.mark.parametrize("before", [1, 4, 9])
async def test_an_album_of_ten_split_by_sigkill(tmp_path: Path, before: int) -> None:
    """So many parts come before the kill, the caption on the last one after it."""
    async with theatre(tmp_path) as stage:
        await stage.start()
        parts = [await _part(stage, number) for number in range(before)]
        await stage.program.brings_about(lambda: len(entries(stage)) >= 1)
        await stage.program.kill()
        parts += [await _part(stage, number) for number in range(before, 10)]
        await stage.start()
        # Telegram shows a reaction to any part on the first one.
        await stage.person.wait_for_reaction(parts[0], "✍", seconds=60)
        await until(lambda: _settled(stage))
        rows = stage.rows(
            "SELECT name, section, sha256 FROM nodes JOIN pictures ON pictures.id = picture_id"
            " ORDER BY position, nodes.id"
        )
        assert [row["name"] for row in rows] == [f"{_week(stage)}-{n}.jpg" for n in range(1, 11)]
        assert {row["section"] for row in rows} == {"life"}
        assert len({row["sha256"] for row in rows}) == 10
        await stage.person.send("/draft")
        await stage.person.wait_for_answer("收到 1 条 = 已归类 1", seconds=60)


async def _part(stage: Theatre, number: int) -> dict[str, object]:
    caption = "十张 #生活" if number == 9 else ""
    return await stage.person.send_picture(
        jpeg(f"#{number}0{number}000"), caption, media_group_id="9"
    )


def _week(stage: Theatre) -> str:
    return str(entries(stage)[0]["week"])


def _settled(stage: Theatre) -> bool:
    """All ten are stored, fetched and filed."""
    [row] = stage.rows(
        "SELECT count(*) AS many FROM entries JOIN nodes ON entry_id = entries.id"
        " JOIN pictures ON pictures.id = picture_id"
        " WHERE state = 'placed' AND sha256 IS NOT NULL AND reaction_shown = reaction"
    )
    return bool(row["many"] == 10)
