"""A journal's sections, changed."""

from __future__ import annotations

import pytest

from bot.domain.entry import SectionSpec
from bot.domain.sections import (
    MOST_SECTIONS,
    SectionError,
    SectionFault,
    Sections,
    active,
    added,
    ended,
    moved,
    renamed,
    resumed,
    retagged,
    tags_in,
)

_LIFE = SectionSpec("life", "生活", ("life", "生活"))
_TECH = SectionSpec("tech", "技术", ("tech", "技术"))
_BOTH = (_LIFE, _TECH)


def _headings(sections: Sections) -> list[str]:
    return [spec.heading for spec in sections]


@pytest.mark.parametrize(
    ("words", "heading", "tags"),
    [
        ("读书", "读书", ("读书",)),
        ("读书 #读书 #Books", "读书", ("读书", "books")),
        ("Books I read", "Books I read", ("booksiread",)),
        ("读书 #books", "读书", ("books", "读书")),
        ("Books I read #books", "Books I read", ("books",)),
        ("2026 #year", "2026", ("year",)),
        ("life #日子", "life", ("日子",)),
        ("正文 #body", "正文", ("body",)),
        ("C++ #c++", "C++", ("c++",)),
        ("#读书", "读书", ("读书",)),
        ("跑步 ＃跑步、＃run", "跑步", ("跑步", "run")),
    ],
)
def test_a_section_is_added_with_its_tags(words: str, heading: str, tags: tuple[str, ...]) -> None:
    """At the end, with a key that nobody types."""
    *before, new = added(_BOTH, words)
    assert tuple(before) == _BOTH
    assert (new.key, new.heading, new.tags) == ("s·1", heading, tags)
    [*_, next_one] = added((*_BOTH, new), "另一栏")
    assert next_one.key == "s·2"


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("", SectionFault.EMPTY),
        ("生活", SectionFault.HEADING_TAKEN),
        ("总结", SectionFault.HEADING_TAKEN),
        ("字" * 41, SectionFault.TOO_LONG),
        ("两\n行", SectionFault.NO_HEADING),
        ("读书 #", SectionFault.NO_TAG),
        ("读书 #12", SectionFault.NO_TAG),
        ("读书 #a/b", SectionFault.NO_TAG),
        ("2026", SectionFault.NO_TAG),
        ("日子 #life", SectionFault.TAG_TAKEN),
        ("收尾 #总结", SectionFault.TAG_TAKEN),
    ],
)
def test_what_can_be_no_section_says_why(words: str, fault: SectionFault) -> None:
    """With the words at fault."""
    with pytest.raises(SectionError) as caught:
        added(_BOTH, words, ("总结",))
    assert caught.value.fault is fault


def test_there_are_not_too_many() -> None:
    """Buttons have to fit on a phone."""
    sections: Sections = _BOTH
    for number in range(MOST_SECTIONS - 2):
        sections = added(sections, f"栏目{number}号")
    with pytest.raises(SectionError) as caught:
        added(sections, "再来一个")
    assert caught.value.fault is SectionFault.TOO_MANY


def test_a_renamed_section_remembers_what_it_was_called() -> None:
    """Old files name it so; back again, it does not remember its present name."""
    once = renamed(_BOTH, "life", "日常")
    assert (once[0].heading, once[0].former, once[0].key) == ("日常", ("生活",), "life")
    assert renamed(once, "life", "生活")[0].former == ("日常",)
    with pytest.raises(SectionError):
        renamed(_BOTH, "life", "技术")


def test_a_renamed_section_is_written_to_by_its_new_name_too() -> None:
    """Where that is free and can be a tag; its other tags stay."""
    assert renamed(_BOTH, "life", "日常")[0].tags == ("life", "生活", "日常")
    assert renamed(_BOTH, "life", "每 天")[0].tags == ("life", "生活")
    assert renamed(_BOTH, "life", "Tech")[0].tags == ("life", "生活")
    once = retagged(renamed(_BOTH, "life", "日常"), "life", ("每天",))
    assert "日常" in once[0].former_tags
    again = renamed(renamed(once, "life", "生活"), "life", "日常")[0]
    assert (again.tags, again.former_tags) == (("每天", "生活", "日常"), ("life",))


def test_tags_belong_to_one_section() -> None:
    """A section's own may stay."""
    assert retagged(_BOTH, "life", tags_in("#life #日常"))[0].tags == ("life", "日常")
    with pytest.raises(SectionError) as caught:
        retagged(_BOTH, "life", tags_in("#tech"))
    assert (caught.value.fault, caught.value.words) == (SectionFault.TAG_TAKEN, "tech")


def test_moving_stops_at_the_ends_and_leaves_ended_ones_where_they_are() -> None:
    """What is not there any more is not moved."""
    three = added(_BOTH, "读书")
    assert _headings(moved(three, "s·1", -1)) == ["生活", "读书", "技术"]
    assert _headings(moved(three, "s·1", 1)) == ["生活", "技术", "读书"]
    over = ended(three, "tech", leaves=True)
    assert _headings(moved(over, "s·1", -1)) == ["读书", "技术", "生活"]
    assert moved(over, "tech", -1) == over


def test_an_ended_section_stays_for_what_it_holds() -> None:
    """An empty one is gone; the last one cannot end."""
    assert _headings(ended(_BOTH, "tech", leaves=False)) == ["生活"]
    over = ended(_BOTH, "tech", leaves=True)
    assert (_headings(over), _headings(active(over))) == (["生活", "技术"], ["生活"])
    with pytest.raises(SectionError) as caught:
        ended(over, "life", leaves=True)
    assert caught.value.fault is SectionFault.LAST


def test_an_ended_section_can_be_taken_up_again() -> None:
    """With those of its tags that nobody has taken meanwhile; also by adding it anew."""
    over = ended(_BOTH, "tech", leaves=True)
    assert resumed(over, "tech") == _BOTH
    assert added(over, "技术") == _BOTH
    taken = retagged(over, "life", ("life", "技术"))
    assert resumed(taken, "tech")[1].tags == ("tech",)
