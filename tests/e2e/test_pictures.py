"""Pictures and albums, as phones send them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.services.configuring import Choices, Configuring
from tests.e2e.conftest import Scene, open_group
from tests.e2e.pictures import jpeg, picture, tells_a_place
from tests.e2e.processes import until

_TITLE = "# 2023 年第40周周报\n\n"


@pytest.mark.parametrize(
    ("kind", "mime_type", "suffix"),
    [
        ("PNG", "image/png", ".png"),
        ("WEBP", "image/webp", ".webp"),
        ("GIF", "image/gif", ".gif"),
        ("AVIF", "image/avif", ".avif"),
        ("JPEG", "image/jpeg", ".jpg"),
    ],
)
async def test_a_picture_sent_as_a_file_keeps_its_format(
    scene: Scene, kind: str, mime_type: str, suffix: str
) -> None:
    """Byte for byte, under its week's name, with its caption as alt text."""
    content = picture(kind)
    async with scene.bot():
        message = await scene.send_file(content, "IMG_0001", mime_type, "一张图 #生活")
        assert await scene.person.wait_for_reaction(message) == "✍"
        await scene.arrived()
        files = await scene.archive()
    name = f"images/2023-W40-1{suffix}"
    assert files[name] == content
    assert files["2023-W40.md"].decode() == f"{_TITLE}## 生活\n\n![一张图]({name})\n"


async def test_heic_from_a_telephone_keeps_its_format(scene: Scene) -> None:
    """HEIC is no format that browsers show, but it is what was sent."""
    from pillow_heif import register_heif_opener

    register_heif_opener()
    content = picture("HEIF", place=True)
    assert tells_a_place(content)
    async with scene.bot():
        await scene.send_file(content, "IMG_0001.HEIC", "image/heic", "#life 猫")
        await scene.arrived()
        files = await scene.archive()
    kept = files["images/2023-W40-1.heic"]
    assert len(kept) == len(content)
    assert not tells_a_place(kept)


async def test_what_a_file_is_its_content_says(scene: Scene) -> None:
    """A PNG that calls itself a JPEG is a PNG; a text that calls itself a picture is a link."""
    async with scene.bot():
        await scene.send_file(picture("PNG"), "photo.jpg", "image/jpeg", "#life 真的是 PNG")
        scene.clock.advance(timedelta(seconds=1))
        await scene.send_file(b"no picture", "photo.png", "image/png", "#life 根本不是图")
        await scene.arrived()
        files = await scene.archive()
    assert files["2023-W40.md"].decode() == (
        f"{_TITLE}## 生活\n\n![真的是 PNG](images/2023-W40-1.png)\n\n"
        "[根本不是图](images/2023-W40-2.png)\n"
    )
    assert files["images/2023-W40-2.png"] == b"no picture"


async def test_the_same_picture_sent_twice_lies_on_the_disk_once(scene: Scene) -> None:
    """Two names, two captions, one file."""
    async with scene.bot():
        for caption in ("#life 一", "#life 二"):
            await scene.person.send_picture(jpeg(), caption, at=scene.clock.now())
            scene.clock.advance(timedelta(seconds=1))
        await scene.arrived()
        files = await scene.archive()
    assert files["images/2023-W40-1.jpg"] == files["images/2023-W40-2.jpg"]
    kept = [path for path in (scene.folder / "data" / "pictures").rglob("*") if path.is_file()]
    assert len(kept) == 1


async def test_where_a_picture_was_taken_is_cut_out_of_its_file(scene: Scene) -> None:
    """By default, and without encoding it anew; everything else stays."""
    content = picture("JPEG", place=True)
    async with scene.bot():
        await scene.send_file(content, "IMG_0001.jpg", "image/jpeg", "#life 在这里")
        await scene.arrived()
        kept = (await scene.archive())["images/2023-W40-1.jpg"]
    assert tells_a_place(content)
    assert not tells_a_place(kept)
    assert len(kept) == len(content)
    assert b"Weeknotes" in kept


async def test_the_place_is_kept_where_that_is_wished(scene: Scene) -> None:
    """A setting; then the file is as it came."""
    content = picture("JPEG", place=True)
    async with scene.bot() as bot:
        await scene.write("#life 先有日志")
        for journal in await bot.services.access.journals():
            await Configuring(bot.database).choose(journal, Choices(location=True))
        await scene.send_file(content, "IMG_0001.jpg", "image/jpeg", "#life 在这里")
        await scene.arrived()
        assert (await scene.archive())["images/2023-W40-1.jpg"] == content


async def test_a_place_that_cannot_be_cut_out_is_said(scene: Scene) -> None:
    """The picture is kept as it came, and the person hears that it still tells the place."""
    from io import BytesIO

    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    xmp = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF'
        ' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description'
        ' xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="31,13.8N"/>'
        "</rdf:RDF></x:xmpmeta>"
    )
    info.add_itxt("XML:com.adobe.xmp", xmp, zip=True)
    buffer = BytesIO()
    Image.new("RGB", (32, 24)).save(buffer, "PNG", pnginfo=info)
    async with scene.bot():
        await scene.send_file(buffer.getvalue(), "a.png", "image/png", "#life 去不掉的")
        told = await scene.person.wait_for_answer("2023-W40-1.png 里的拍摄地点没能去掉")
        assert (await scene.archive())["images/2023-W40-1.png"] == buffer.getvalue()
        await scene.person.wait_for_answer("这些图里还留着拍摄地点：2023-W40-1.png")
    assert told["reply_to_message"]["caption"] == "#life 去不掉的"


async def test_an_animation_is_kept_with_the_pictures(scene: Scene) -> None:
    """A GIF is shown, a film without sound is linked to: no reader shows it as a picture."""
    async with scene.bot():
        await scene.send_file(
            picture("GIF"), "cat.gif", "image/gif", "#life 会动的猫", kind="animation"
        )
        scene.clock.advance(timedelta(seconds=1))
        await scene.send_file(
            b"\0\0\0\x18ftypmp42film", "cat.mp4", "video/mp4", "#life 猫跑了", kind="animation"
        )
        await scene.arrived()
        report = (await scene.archive())["2023-W40.md"].decode()
    assert report == (
        f"{_TITLE}## 生活\n\n![会动的猫](images/2023-W40-1.gif)\n\n"
        "[猫跑了](images/2023-W40-2.mp4)\n"
    )


async def test_an_album_of_ten_has_its_caption_on_the_last_part(scene: Scene) -> None:
    """All ten are filed by it, in their order; it is one message and one answer."""
    contents = [jpeg(f"#{number}{number}0000") for number in range(10)]
    async with scene.bot():
        parts = await scene.send_album(
            *((content, "十张照片 #生活" if n == 9 else "") for n, content in enumerate(contents))
        )
        assert await scene.person.wait_for_reaction(parts[0], "✍") == "✍"
        await scene.arrived()
        files = await scene.archive()
        await scene.person.wait_for_answer("收到 1 条 = 已归类 1 + 未归类 0")
    names = [f"images/2023-W40-{number}.jpg" for number in range(1, 11)]
    assert [files[name] for name in names] == contents
    shown = [f"![]({name})" for name in names[:9]] + [f"![十张照片]({names[9]})"]
    assert files["2023-W40.md"].decode() == f"{_TITLE}## 生活\n\n" + "\n\n".join(shown) + "\n"


async def test_parts_of_an_album_join_it_after_a_restart(scene: Scene) -> None:
    """What was filed by a button meanwhile is where the late parts go too."""
    person = scene.person
    async with scene.bot():
        [first] = await scene.send_album((jpeg("#110000"), ""))
        await person.press(await person.wait_for_answer("这组图存好了"), "技术")
        await person.wait_for_reaction(first, "✍")
    await scene.send_album((jpeg("#220000"), ""), (jpeg("#330000"), "迟到的说明"))
    async with scene.bot():
        await scene.arrived(3)
        report = (await scene.archive())["2023-W40.md"].decode()
        await person.wait_for_answer("收到 1 条 = 已归类 1 + 未归类 0")
    assert report == (
        f"{_TITLE}## 技术\n\n![](images/2023-W40-1.jpg)\n\n![](images/2023-W40-2.jpg)\n\n"
        "![迟到的说明](images/2023-W40-3.jpg)\n"
    )
    questions = [m for m in await person.said() if m.get("text", "").startswith("放进「技术」了")]
    assert len(questions) == 1
    assert not [m for m in await person.said() if "放到哪一栏" in m.get("text", "")]


async def test_the_first_tag_of_an_album_counts(scene: Scene) -> None:
    """A second part with another tag stays with the others."""
    async with scene.bot():
        await scene.send_album((jpeg("#110000"), "一 #生活"), (jpeg("#220000"), "二 #技术"))
        await scene.arrived(2)
        report = (await scene.archive())["2023-W40.md"].decode()
    assert "## 生活" in report
    assert "## 技术" not in report
    assert "![一]" in report


async def test_an_album_goes_to_the_week_that_its_caption_names(scene: Scene) -> None:
    """The mark alone is enough; all parts move."""
    async with scene.bot():
        await scene.send_album((jpeg("#110000"), ""), (jpeg("#220000"), "@上周 #life 迟了"))
        await scene.arrived(2)
        report = (await scene.archive("/report 39"))["2023-W39.md"].decode()
    assert report.count("![") == 2


async def test_in_a_group_the_parts_before_the_tagged_one_are_not_lost(scene: Scene) -> None:
    """The bot leaves untagged pictures of a group alone, but not where their album is meant."""
    async with scene.bot(), open_group(scene) as group:
        person = group.zhou
        for number, caption in enumerate(("", "", "三张 #life", "")):
            await person.send_picture(
                jpeg(f"#{number}00000"), caption, media_group_id="g", at=scene.clock.now()
            )
        await person.send_picture(jpeg("#990000"), "", media_group_id="h", at=scene.clock.now())
        await scene.arrived(4)
        await person.send("/draft", at=scene.clock.now())
        note = await person.wait_for_answer("收到 1 条 = 已归类 1 + 未归类 0")
        assert note
        preview = next(m for m in await person.said() if "rich_message" in m)
    assert preview["rich_message"]["markdown"].count("![](tg://photo") == 4


@pytest.mark.parametrize("how", ["edit", "reply"])
async def test_in_a_group_an_album_can_be_tagged_later(scene: Scene, how: str) -> None:
    """By an edit of one part or by a tag in reply to it: all parts come along, late ones too."""
    async with scene.bot() as bot, open_group(scene) as group:
        parts = [
            await group.li.send_picture(
                jpeg(f"#{number}{number}0000"), "", media_group_id="l", at=scene.clock.now()
            )
            for number in range(3)
        ]
        if how == "edit":
            await group.li.edit(parts[1], "三张 #life", caption="三张 #life")
        else:
            await group.zhou.send("#life", reply_to=parts[1]["message_id"])
        await group.li.wait_for_reaction(parts[0], "✍")
        await group.li.send_picture(jpeg("#999999"), "", media_group_id="l", at=scene.clock.now())
        await scene.arrived(4)
        await group.zhou.send("/draft", at=scene.clock.now())
        await group.zhou.wait_for_answer("收到 1 条 = 已归类 1 + 未归类 0")
        async with bot.database.snapshot() as connection:
            assert list(await connection.execute_fetchall("SELECT * FROM dead_letters")) == []


async def test_a_late_part_of_a_deleted_album_stays_deleted(scene: Scene) -> None:
    """It is kept, and can come back with the others, but nobody is asked about it."""
    person = scene.person
    async with scene.bot():
        [first] = await scene.send_album((jpeg("#110000"), "一 #life"))
        await person.wait_for_reaction(first, "✍")
        await scene.write("/delete", reply_to=first["message_id"])
        await scene.send_album((jpeg("#220000"), ""))
        await scene.write("#tech 之后")
        assert await scene.report() == f"{_TITLE}## 技术\n\n1. 之后\n"
        await person.wait_for_answer("收到 2 条 = 已归类 1 + 未归类 0 + 已删除 1")


async def test_an_album_of_documents_moves_as_one(scene: Scene) -> None:
    """Also into the summary, by an edit of its caption."""
    person = scene.person
    async with scene.bot():
        parts = [
            await scene.send_file(
                name.encode(), f"{name}.pdf", "application/pdf", caption, media_group_id="d"
            )
            for name, caption in (("a", ""), ("b", "两份 #life"))
        ]
        await person.wait_for_reaction(parts[0], "✍")
        await person.edit(parts[1], "两份 #总结", caption="两份 #总结")
        await person.wait_for_reaction(parts[0], "👌")
        await scene.arrived(2)
        report = (await scene.archive())["2023-W40.md"].decode()
        await person.wait_for_answer("收到 1 条 = 已归类 1 + 未归类 0")
    assert report == (
        f"{_TITLE}## 总结\n\n[a.pdf](images/2023-W40-1.pdf)\n\n"
        "两份 [b.pdf](images/2023-W40-2.pdf)\n"
    )


async def test_a_download_that_fails_is_named_until_it_succeeds(scene: Scene) -> None:
    """The report says which picture is missing; the next try brings it."""
    person = scene.person
    trouble = {"kind": "status", "error_code": 502, "description": "Bad Gateway", "times": 2}
    await person.fault("getFile", **trouble)
    async with scene.bot() as bot:
        await scene.person.send_picture(jpeg(), "#life 慢来的图", at=scene.clock.now())
        await until(lambda: _calls(scene, "getFile") >= 1)
        asked = await person.send("/draft", at=scene.clock.now())
        await person.wait_for_answer("还在下载：2023-W40-1.jpg", after=asked["message_id"])
        await person.wait_for_document(after=asked["message_id"])
        for _ in range(2):
            scene.clock.advance(timedelta(minutes=1))
            before = _calls(scene, "getFile")
            bot.services.fetching.wake()
            await until(lambda before=before: _calls(scene, "getFile") > before)
        await scene.arrived()
        files = await scene.archive()
    assert "images/2023-W40-1.jpg" in files


async def test_of_a_picture_that_never_comes_the_caption_stays(scene: Scene) -> None:
    """No dead link in the report; the words are there, and a sentence tells what is missing."""
    person = scene.person
    refusal = {"kind": "status", "error_code": 400, "description": "Bad Request: wrong file_id"}
    await person.fault("getFile", **refusal)
    async with scene.bot():
        message = await scene.person.send_picture(jpeg(), "#life 1. 猫", at=scene.clock.now())
        await person.wait_for_answer("2023-W40-1.jpg 没能从 Telegram 下载下来")
        await person.wait_for_reaction(message, "👎")
        assert await scene.report() == f"{_TITLE}## 生活\n\n1\\. 猫\n"


async def test_a_picture_by_link_is_a_picture(scene: Scene) -> None:
    """A message that is only that; an edit of it changes caption and address."""
    async with scene.bot():
        message = await scene.write("#life ![海](https://example.org/a_b.jpg)")
        assert await scene.report() == f"{_TITLE}## 生活\n\n![海](https://example.org/a_b.jpg)\n"
        await scene.person.edit(message, "#life ![大海](https://example.org/c.jpg)")
        await scene.person.wait_for_reaction(message, "👌")
        assert await scene.report() == f"{_TITLE}## 生活\n\n![大海](https://example.org/c.jpg)\n"
        await scene.person.edit(message, "#life 看 ![大海](https://example.org/c.jpg)")
        await scene.person.wait_for_reaction(message, "✍")
        assert "1. 看 ![大海](https://example.org/c.jpg)\n" in await scene.report()


async def test_an_edit_can_exchange_the_picture(scene: Scene) -> None:
    """The new file takes the place of the old one."""
    person = scene.person
    async with scene.bot():
        message = await person.send_picture(jpeg("#110000"), "#life 旧图", at=scene.clock.now())
        await person.wait_for_reaction(message, "✍")
        other = await person.send_picture(jpeg("#220000"), "#life 别的", at=scene.clock.now())
        raw = {k: v for k, v in message.items() if not k.startswith("_")}
        edited = raw | {"photo": other["photo"], "caption": "#life 新图", "edit_date": raw["date"]}
        await person.post("updates", {"edited_message": edited})
        await person.wait_for_reaction(message, "👌")
        await scene.arrived(3)
        files = await scene.archive()
    report = files["2023-W40.md"].decode()
    assert "![新图](images/2023-W40-3.jpg)" in report
    assert files["images/2023-W40-3.jpg"] == jpeg("#220000")
    assert "2023-W40-1.jpg" not in report


def _calls(scene: Scene, method: str) -> int:
    return sum(call["method"] == method for call in scene.sandbox._bot_api.calls)
