"""Files: what may be sent as what, how it is fetched, and what is too large."""

from __future__ import annotations

import aiohttp
import pytest

from bot.sandbox.limits import DOWNLOAD_BYTES, PHOTO_BYTES, UPLOAD_BYTES
from tests.sandbox.conftest import PERSON, RefusalError, Sides, picture


async def test_a_photo_has_sizes_and_can_be_fetched(sides: Sides) -> None:
    """The last size is the photo as it was sent; getFile tells where its bytes are."""
    content = picture(400, 300)
    answer = await sides.person(
        "messages", chat_id=PERSON, file_id=await sides.upload(content), kind="photo", caption="猫"
    )
    message = answer["messages"][0]
    small, full = message["photo"]
    assert (small["width"], small["height"]) == (90, 68)
    assert (full["width"], full["height"], full["file_size"]) == (400, 300, len(content))
    assert message["caption"] == "猫"
    file = await sides.bot("getFile", file_id=full["file_id"])
    address = f"{sides.sandbox.url}/file/bot{sides.sandbox.token}/{file['file_path']}"
    async with sides.session.get(address) as download:
        assert await download.read() == content
    async with sides.session.get(f"{sides.sandbox.url}/sandbox/files/{small['file_id']}") as shown:
        assert shown.headers["Content-Type"] == "image/jpeg"


async def test_unique_ids_depend_on_the_content(sides: Sides) -> None:
    """The same bytes sent twice, as a photo and as a document, have one unique id."""
    photo = await sides.send_file("sendPhoto", "photo", picture(), chat_id=PERSON)
    document = await sides.send_file("sendDocument", "document", picture(), chat_id=PERSON)
    assert photo["photo"][-1]["file_unique_id"] == document["document"]["file_unique_id"]
    assert photo["photo"][-1]["file_id"] != document["document"]["file_id"]


async def test_a_document_is_no_photo(sides: Sides) -> None:
    """A document's file_id is refused where a photo is wanted; a photo's is taken."""
    document = await sides.send_file("sendDocument", "document", picture(), chat_id=PERSON)
    photo = await sides.send_file("sendPhoto", "photo", picture(), chat_id=PERSON)
    with pytest.raises(RefusalError, match="can't use file of type Document as Photo"):
        await sides.bot("sendPhoto", chat_id=PERSON, photo=document["document"]["file_id"])
    again = await sides.bot("sendPhoto", chat_id=PERSON, photo=photo["photo"][-1]["file_id"])
    assert again["photo"] == photo["photo"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"no picture", "IMAGE_PROCESS_FAILED"),
        (picture(2100, 100), "PHOTO_INVALID_DIMENSIONS"),
        (picture(6000, 4100), "PHOTO_INVALID_DIMENSIONS"),
    ],
)
async def test_a_photo_must_be_one(sides: Sides, content: bytes, reason: str) -> None:
    """No picture, too long, too large: refused as Telegram does."""
    with pytest.raises(RefusalError, match=reason):
        await sides.send_file("sendPhoto", "photo", content, chat_id=PERSON)


async def test_a_photo_over_ten_megabytes_is_refused(sides: Sides) -> None:
    """A photo has a limit of its own."""
    content = picture() + bytes(PHOTO_BYTES)
    with pytest.raises(RefusalError, match="too big for a photo"):
        await sides.send_file("sendPhoto", "photo", content, chat_id=PERSON)


async def test_an_upload_over_the_limit_is_413(sides: Sides) -> None:
    """More than 50 MB is not taken."""
    with pytest.raises(RefusalError, match="Request Entity Too Large") as refusal:
        await sides.send_file("sendDocument", "document", bytes(UPLOAD_BYTES + 1), chat_id=PERSON)
    assert refusal.value.status == 413


async def test_a_large_file_cannot_be_downloaded(sides: Sides) -> None:
    """A person may send more than 20 MB; the bot cannot fetch it."""
    file_id = await sides.upload(bytes(DOWNLOAD_BYTES + 1), "film.mp4")
    sent = await sides.person("messages", chat_id=PERSON, file_id=file_id, kind="video")
    with pytest.raises(RefusalError, match="file is too big"):
        await sides.bot("getFile", file_id=sent["messages"][0]["video"]["file_id"])


async def test_an_album(sides: Sides) -> None:
    """The parts share a group id, and a reaction on any part shows on the first."""
    form = aiohttp.FormData()
    form.add_field("chat_id", str(PERSON))
    form.add_field(
        "media",
        '[{"type":"photo","media":"attach://a","caption":"<b>x</b>","parse_mode":"HTML"},'
        '{"type":"photo","media":"attach://b"}]',
    )
    for name, side in (("a", 100), ("b", 200)):
        form.add_field(name, picture(side, side), filename=f"{name}.png")
    async with sides.session.post(sides.address("sendMediaGroup"), data=form) as answer:
        first, second = (await answer.json())["result"]
    assert first["media_group_id"] == second["media_group_id"]
    assert first["caption_entities"] == [{"type": "bold", "offset": 0, "length": 1}]
    await sides.bot(
        "setMessageReaction",
        chat_id=PERSON,
        message_id=second["message_id"],
        reaction=[{"type": "emoji", "emoji": "✍"}],
    )
    shown = (await sides.see(f"chats/{PERSON}/messages"))["messages"]
    assert [message["_reactions"] for message in shown] == [["✍"], []]


async def test_every_kind_a_person_can_send(sides: Sides) -> None:
    """A file sent as a kind arrives under that name."""
    file_id = await sides.upload(picture())
    for kind in ("document", "animation", "voice", "video", "audio", "video_note", "sticker"):
        sent = await sides.person("messages", chat_id=PERSON, file_id=file_id, kind=kind)
        assert sent["messages"][0][kind]["file_size"] == len(picture())
    with pytest.raises(RefusalError, match="A file is sent as one of"):
        await sides.person("messages", chat_id=PERSON, file_id=file_id, kind="scroll")


async def test_documents_are_not_run_by_a_browser(sides: Sides) -> None:
    """A page sent as a document has its type, and no right to run."""
    file_id = await sides.upload(b"<script>alert(1)</script>", "page.html")
    async with sides.session.get(f"{sides.sandbox.url}/sandbox/files/{file_id}") as answer:
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        assert answer.headers["Content-Security-Policy"].startswith("sandbox;")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
