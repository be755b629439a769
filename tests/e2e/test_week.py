"""The main job: messages all week, the finished Markdown on Sunday."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime

import pytest

from tests.e2e.conftest import SHANGHAI, Scene
from tests.e2e.pictures import jpeg
from tests.e2e.rebuilding import dashed, indented, take_apart
from tests.e2e.reports import reports_to_rebuild

_PICTURE_LINK = re.compile(r"^(!\[.*\])\(.*\)$", re.MULTILINE)
_SUNDAY_EVENING = datetime(2023, 10, 8, 20, 0, tzinfo=SHANGHAI)
REPORTS = reports_to_rebuild()


@pytest.mark.parametrize("name", REPORTS)
async def test_messages_of_a_week_become_the_report(scene: Scene, name: str) -> None:
    """The week's report, typed as messages, comes back byte for byte except picture links."""
    wanted = REPORTS[name]
    told = take_apart(wanted)
    scene.clock.set(datetime(2023, 10, 2, 9, 0, tzinfo=SHANGHAI))
    async with scene.bot() as bot:
        await scene.write(f"#intro {told.opening[0]}")
        for heading, items, pictures in told.sections:
            await _tell_items(scene, heading, items)
            for number, caption in enumerate(pictures):
                picture = jpeg(f"#{number}0a0c0")
                message = await scene.person.send_picture(
                    picture, f"{caption} #{heading}", at=scene.clock.now()
                )
                await scene.person.wait_for_reaction(message, "✍")
        await scene.write(f"#outro {told.closing[0]}")
        await scene.write(f"{told.summary}#总结")
        scene.clock.set(_SUNDAY_EVENING)
        await bot.delivering.deliver_due()
        file_name, content = await scene.person.wait_for_document()
    assert file_name == "2023-W40.zip"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        made = archive.read("2023-W40.md").decode()
        linked = re.findall(r"^!\[.*\]\((.*)\)$", made, re.MULTILINE)
        assert linked == ["images/2023-W40-1.jpg", "images/2023-W40-2.jpg"]
        assert {*archive.namelist()} == {"2023-W40.md", *linked}
        assert archive.read(linked[1]) == jpeg("#10a0c0")
    assert _without_links(made) == _without_links(wanted)


async def _tell_items(scene: Scene, heading: str, items: list[list[tuple[int, str]]]) -> None:
    """Items by both ways of typing; one child comes as a reply, one item is mistyped at first."""
    english = {"生活": "life", "技术": "tech"}[heading]
    forms = (f"#{heading} {{}}", f"{heading}：{{}}", f"#{english}\n{{}}", f"/{english} {{}}")
    for number, item in enumerate(items):
        form = forms[number % len(forms)]
        if number == 1:
            children = sum(depth == 1 for depth, _ in item)
            last_is_child = children > 1 and item[-1][0] == 1
            spoken = item[:-1] if last_is_child else item
            message = await scene.write(form.format(indented(spoken)))
            if last_is_child:
                await scene.write(item[-1][1], reply_to=message["message_id"])
        elif number == 2:
            message = await scene.write(form.format("打错了的一条"))
            await scene.person.edit(message, form.format(dashed(item)))
            await scene.person.wait_for_reaction(message, "👌")
        else:
            await scene.write(form.format(dashed(item) if number % 2 else indented(item)))


def _without_links(markdown: str) -> str:
    return _PICTURE_LINK.sub(r"\1()", markdown)
