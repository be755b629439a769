"""The report in a document that came back, and the week that it names."""

from __future__ import annotations

import pytest

from bot.domain.archive.filenames import other_week
from bot.domain.archive.framing import Frame, frame_of
from bot.domain.archive.front_matter import split
from bot.domain.archive.mending import mended
from bot.domain.errors import NoSuchWeekError
from bot.domain.week import IsoWeek

_WEEK = IsoWeek(2023, 40)


def test_what_a_template_puts_around_a_report_comes_off_again() -> None:
    """Before it and after it, whatever was done to the report itself."""
    frame = frame_of("---\na: 1\n---\n\n<!-- 周报 -->\n1. 一\n\n完\n", ("没有", "1. 一\n"))
    assert frame == Frame("---\na: 1\n---\n\n<!-- 周报 -->\n", "\n完\n")
    assert frame.body("---\na: 1\n---\n\n<!-- 周报 -->\n1. 二\n\n完\n") == "1. 二\n\n"
    assert frame.body("---\na: 1\n---\n\n<!-- 周报 -->\n1. 二") == "1. 二"


def test_front_matter_that_was_changed_is_front_matter_all_the_same() -> None:
    """It is known by its fences then."""
    frame = frame_of("---\na: 1\n---\n\n1. 一\n", ("1. 一\n",))
    assert frame.body("---\r\na: 2\r\n---\r\n1. 二\r\n") == "1. 二\r\n"
    assert frame_of("x", ("y", "")).body("+++\na = 1\n+++\n1. 二\n") == "1. 二\n"


def test_a_list_below_an_item_begins_with_one() -> None:
    """Also where the line that did was deleted; any other number stays as it is."""
    text = "3. 一\n    2. 二\n    3. 三\n        7) 四\n5. 五\n\n2. 六\n- 七\n  9. 八\n"
    wanted = "3. 一\n    1. 二\n    3. 三\n        1) 四\n5. 五\n\n2. 六\n- 七\n  1. 八\n"
    assert mended(text) == wanted


@pytest.mark.parametrize(
    ("name", "text", "other"),
    [
        ("2023-W40.md", "# 2023 年第39周周报\n", None),
        ("2023-W39 (1).md", "# 2023 年第40周周报\n", IsoWeek(2023, 39)),
        ("x.md", "# 2023 年第39周周报\n", IsoWeek(2023, 39)),
        ("x.md", "# 2023 年第7周周报\n", None),
        ("x.md", "---\nweek: 2023-W38\n---\n# a\n", IsoWeek(2023, 38)),
        ("2023-10-09.md", "---\ndate: 2023-10-09\n---\n# a\n", None),
    ],
    ids=["name first", "name", "title", "its own title", "front matter", "days"],
)
def test_a_file_may_name_another_week_than_it_is_meant_for(
    name: str, text: str, other: IsoWeek | None
) -> None:
    """By front matter, name or title, but not by the title that the week has anyway."""
    front, body = split(text)
    assert other_week(name, front, body, _WEEK, ["2023 年第7周周报"]) == other


def test_a_week_that_there_is_not_is_no_other_week() -> None:
    """It is an error."""
    front, body = split("# a\n")
    with pytest.raises(NoSuchWeekError):
        other_week("2023-W60.md", front, body, _WEEK, [])
