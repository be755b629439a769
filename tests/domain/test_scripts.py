"""What makes one outline of another."""

from __future__ import annotations

import random
import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.archive.scripts import How, Script, carried_out, compare
from bot.domain.archive.unfolding import Leaf, unfold
from bot.domain.entry import Part, SectionSpec
from bot.domain.parse import parse

_SECTIONS = (SectionSpec("life", "生活", ()), SectionSpec("tech", "技术", ()))
_WORDS = st.sampled_from(["跑步", "跑步三次", "吃饭", "吃了云南菜", "修好了", "a", "b", ""])


def read(markdown: str) -> list[Leaf]:
    """The outline of a report."""
    return unfold(parse(markdown), _SECTIONS)


@st.composite
def _outlines(draw: st.DrawFn) -> list[Leaf]:
    """Any outline that a file can have: sections of nested lists, paragraphs and pictures."""
    leaves: list[Leaf] = []
    if draw(st.booleans()):
        leaves.append(Leaf(Part.TITLE, None, draw(_WORDS) or "标题"))
    for section in ("life", "tech", "## 读书"):
        last: list[int] = []
        for _ in range(draw(st.integers(0, 7))):
            part = draw(st.sampled_from([Part.ITEM] * 5 + [Part.TEXT, Part.INTRO, Part.PICTURE]))
            if part is not Part.ITEM:
                address = draw(st.sampled_from("xyz")) if part is Part.PICTURE else None
                leaves.append(Leaf(part, section, draw(_WORDS), address=address))
                last = []
                continue
            depth = draw(st.integers(0, len(last)))
            parent = last[depth - 1] if depth else None
            last = [*last[:depth], len(leaves)]
            leaves.append(Leaf(part, section, draw(_WORDS), parent))
    return leaves


@given(_outlines(), _outlines())
def test_the_script_makes_the_new_outline_of_the_old_one(old: list[Leaf], new: list[Leaf]) -> None:
    """Exactly: every line, where it stands and what it says."""
    assert carried_out(compare(old, new), old) == new


@given(_outlines())
def test_an_identical_outline_has_nothing_to_do(old: list[Leaf]) -> None:
    """Nothing differs, and each line is itself."""
    script = compare(old, list(old))
    assert script.is_empty
    assert script.pairs == tuple(range(len(old)))


@given(st.lists(st.text("甲乙丙丁戊己", min_size=1), unique=True, max_size=20), st.data())
def test_items_in_another_order_only_move(words: list[str], data: st.DataObject) -> None:
    """However they are shuffled, none comes, goes or changes."""
    old = [Leaf(Part.ITEM, "life", word) for word in words]
    new = data.draw(st.permutations(old))
    script = compare(old, new)
    assert (script.removed, script.changed, script.added) == ((), {}, ())
    assert {move.how for move in script.moved} <= {How.ORDER}
    assert [old[was].source for was in script.pairs if was is not None] == [n.source for n in new]


@given(_outlines(), st.data())
def test_lines_that_were_not_touched_stay_themselves(old: list[Leaf], data: st.DataObject) -> None:
    """One line among different ones is changed: that is all the script says."""
    old = [replace(leaf, source=f"{index}号{leaf.source}") for index, leaf in enumerate(old)]
    old = [replace(leaf, address=leaf.address and str(n)) for n, leaf in enumerate(old)]
    if not old:
        return
    at = data.draw(st.integers(0, len(old) - 1))
    new = [*old]
    new[at] = replace(old[at], source="完全不同的一句话")
    assert compare(old, new) == Script(changed={at: new[at].source}, pairs=tuple(range(len(old))))


def test_a_rewritten_line_keeps_what_hangs_below_it() -> None:
    """It is known by its children, wherever it went and whatever it says."""
    old = read("## 生活\n\n1. 猫\n    1. 大的\n    2. 小的\n2. 饭\n")
    new = read("## 生活\n\n1. 饭\n2. 家里两位\n    1. 大的\n    2. 小的\n3. 新的一件事\n")
    script = compare(old, new)
    assert script.changed == {0: "家里两位"}
    assert not script.removed
    assert [addition.leaf.source for addition in script.added] == ["新的一件事"]
    assert [move.how for move in script.moved] == [How.ORDER]


def test_the_first_of_two_equal_items_goes_with_what_is_below() -> None:
    """Of two that say the same the one is meant that has the same below it."""
    old = read("## 生活\n\n1. 跑步\n    1. 早上\n2. 跑步\n    1. 晚上\n")
    new = read("## 生活\n\n1. 跑步\n    1. 晚上\n")
    script = compare(old, new)
    assert script.pairs == (2, 3)
    assert script.removed == (0, 1)
    assert not script.moved


def test_a_line_goes_to_another_section_and_below_another() -> None:
    """The two are told apart; what is below goes along unnamed."""
    old = read("## 生活\n\n1. 甲\n    1. 甲下\n2. 乙\n\n## 技术\n\n1. 丙\n")
    new = read("## 生活\n\n1. 乙\n\n## 技术\n\n1. 丙\n    1. 丙下\n2. 甲\n    1. 甲下\n")
    script = compare(old, new)
    assert {(move.old, move.how) for move in script.moved} == {(0, How.SECTION)}
    below = compare(old, read("## 生活\n\n1. 甲\n    1. 甲下\n    2. 乙\n\n## 技术\n\n1. 丙\n"))
    assert {(move.old, move.how) for move in below.moved} == {(2, How.BELOW)}


def test_a_picture_is_known_by_its_path() -> None:
    """Its caption may change; another path is another picture."""
    old = read("## 生活\n\n1. 甲\n\n![猫](a.jpg)\n\n![狗](b.jpg)\n")
    new = read("## 生活\n\n1. 甲\n\n![大猫](a.jpg)\n\n![狗](c.jpg)\n")
    script = compare(old, new)
    assert script.changed == {1: "大猫"}
    assert script.removed == (2,)
    assert [addition.leaf.address for addition in script.added] == ["c.jpg"]


@pytest.mark.parametrize("length", [15, 40])
def test_two_hundred_items_take_no_time(length: int) -> None:
    """Whatever happens to them: each is changed, half have moved."""
    chance = random.Random(7)
    signs = [chr(number) for number in range(0x4E00, 0x4E00 + 800)]
    lines = ["".join(chance.choices(signs, k=length)) for _ in range(200)]
    old = [Leaf(Part.ITEM, "life", line) for line in lines]
    new = [replace(leaf, source=leaf.source[:12] + "改" + leaf.source[13:]) for leaf in old]
    tail = new[100:]
    chance.shuffle(tail)
    fastest = 1.0
    for _ in range(3):
        begun = time.process_time()
        script = compare(old, [*new[:100], *tail])
        fastest = min(fastest, time.process_time() - begun)
    assert len(script.changed) == 200
    assert not script.removed
    assert fastest < 0.05
