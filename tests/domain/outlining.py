"""Weeks at random, as nodes of the outline."""

from __future__ import annotations

from hypothesis import strategies as st

from bot.domain.entry import (
    AttachedFile,
    EntryId,
    MessageId,
    Node,
    NodeId,
    Part,
    Placement,
    SectionSpec,
)
from bot.domain.outlining.outline import OutlineLine
from bot.domain.week import IsoWeek

WEEK = IsoWeek(2023, 40)
SECTIONS = (SectionSpec("life", "生活", ("life",)), SectionSpec("tech", "技术", ("tech",)))
_PARTS = (Part.ITEM, Part.ITEM, Part.ITEM, Part.TEXT, Part.PICTURE, Part.INTRO, Part.OUTRO)
_WHOLE = (Part.INTRO, Part.OUTRO, Part.SUMMARY)


@st.composite
def weeks(draw: st.DrawFn, *, most: int = 14) -> list[Node]:
    """The nodes of a week: every part, any depth, equal positions, sections nobody knows."""
    made: list[Node] = []
    for number in range(1, draw(st.integers(0, most)) + 1):
        position = float(draw(st.integers(0, 4)))
        above = draw(
            st.sampled_from([None, None, *(n for n in made if n.at.part is not Part.CAPTION)])
        )
        if above is not None:
            parts = [Part.ITEM, Part.PICTURE]
            if above.at.part is Part.PICTURE:
                parts.append(Part.CAPTION)
            at = Placement(WEEK, above.at.section, draw(st.sampled_from(parts)), above.id)
        elif draw(st.integers(0, 3)):
            section = draw(st.sampled_from(["life", "tech", "", "## 别的", None]))
            parts_here = _PARTS if section is not None else (Part.ITEM, Part.TEXT, Part.PICTURE)
            at = Placement(WEEK, section, draw(st.sampled_from(parts_here)))
        else:
            at = Placement(WEEK, None, draw(st.sampled_from(_WHOLE)))
        text = f"t{number}"
        made.append(
            Node(
                id=NodeId(number),
                entry_id=EntryId(number),
                at=at,
                position=position,
                message_id=MessageId(draw(st.integers(1, 3))),
                line=0,
                source=text,
                text=text,
                file=AttachedFile(f"{number}.jpg") if at.part is Part.PICTURE else None,
            )
        )
    return made


def ancestors(line: OutlineLine) -> list[OutlineLine]:
    """The lines above it, the nearest first."""
    return [] if line.parent is None else [line.parent, *ancestors(line.parent)]
