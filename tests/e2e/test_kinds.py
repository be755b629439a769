"""Whatever a phone can send is kept or answered."""

from __future__ import annotations

from datetime import timedelta

import pytest
from telegram import Update
from telegram.constants import MessageType

from bot.chat.handlers.service_messages import FROM_NOBODY
from bot.sandbox.person import Message
from tests.chat.every_kind import SAMPLES
from tests.chat.messages import parsed
from tests.e2e.conftest import Scene
from tests.e2e.processes import until

_TITLE = "# 2023 年第40周周报\n\n"
_SETTLED_SECONDS = 60


@pytest.mark.filterwarnings(
    # The library warns of its own attribute while it parses it.
    "ignore:.*message_auto_delete_time:telegram.warnings.PTBDeprecationWarning"
)
async def test_one_message_of_every_kind(scene: Scene) -> None:
    """Each kind that the library knows is kept or answered, and service messages are ignored."""
    person = scene.person
    async with scene.bot() as bot:
        sent: dict[MessageType, Message] = {}
        for kind, sample in SAMPLES.items():
            if kind is MessageType.MIGRATE_TO_CHAT_ID:
                # It would take the journal along.
                continue
            sent[kind] = await person.send(extra=sample, at=scene.clock.now())
            # Nothing here is the comment on what comes next.
            scene.clock.advance(timedelta(seconds=10))
        last = await person.send("#life 到此为止", at=scene.clock.now())
        await person.wait_for_reaction(last, "✍", seconds=_SETTLED_SECONDS)
        silent = {kind for kind in sent if FROM_NOBODY.check_update(_update(SAMPLES[kind]))}

        async def answered() -> bool:
            chat = await person.messages()
            shown = {m["message_id"] for m in chat if m["_reactions"]}
            shown |= {m["reply_to_message"]["message_id"] for m in chat if "reply_to_message" in m}
            return all(
                (message["message_id"] in shown) is (kind not in silent)
                for kind, message in sent.items()
            )

        await until(answered, _SETTLED_SECONDS)
        async with bot.database.snapshot() as connection:
            assert list(await connection.execute_fetchall("SELECT * FROM dead_letters")) == []
    assert MessageType.PINNED_MESSAGE in silent
    assert MessageType.VOICE not in silent


@pytest.mark.parametrize(
    ("kind", "name", "mime_type", "link"),
    [
        ("voice", "voice.ogg", "audio/ogg", "[语音 0:03](images/2023-W40-1.ogg)"),
        ("video", "film.mp4", "video/mp4", "[视频 0:03](images/2023-W40-1.mp4)"),
        ("video_note", "round.mp4", "video/mp4", "[视频消息 0:03](images/2023-W40-1.mp4)"),
        ("document", "会议.pdf", "application/pdf", "[会议.pdf](images/2023-W40-1.pdf)"),
    ],
)
async def test_files_are_kept_with_a_link(
    scene: Scene, kind: str, name: str, mime_type: str, link: str
) -> None:
    """The words are the item, the file is linked to behind them, and it comes along in the zip."""
    content = f"content of {name}".encode()
    async with scene.bot():
        message = await scene.send_file(
            content, name, mime_type, "听这个 #life\n- 第二行", kind=kind
        )
        assert await scene.person.wait_for_reaction(message) == "✍"
        files = await _with_files(scene)
        assert files["2023-W40.md"].decode() == (
            f"{_TITLE}## 生活\n\n1. 听这个 {link}\n    1. 第二行\n"
        )
        assert content in files.values()
        await scene.person.edit(message, "听那个 #life")
        await scene.person.wait_for_reaction(message, "👌")
        files = await _with_files(scene)
        assert files["2023-W40.md"].decode() == f"{_TITLE}## 生活\n\n1. 听那个 {link}\n"
        scene.clock.advance(timedelta(seconds=5))
        await scene.write("下面一条", reply_to=message["message_id"])
        files = await _with_files(scene)
        assert f"1. 听那个 {link}\n    1. 下面一条\n" in files["2023-W40.md"].decode()


async def test_a_file_stays_with_its_message_whatever_is_edited(scene: Scene) -> None:
    """The line that had it is gone: the file belongs to the first one that is left."""
    async with scene.bot():
        message = await scene.send_file(b"%PDF", "a.pdf", "application/pdf", "#life 标题\n第二行")
        await scene.person.wait_for_reaction(message, "✍")
        await scene.person.edit(message, "#life 第二行", caption="#life 第二行")
        await scene.person.wait_for_reaction(message, "👌")
        files = await _with_files(scene)
    assert files["2023-W40.md"].decode() == (
        f"{_TITLE}## 生活\n\n1. 第二行 [a.pdf](images/2023-W40-1.pdf)\n"
    )


async def test_a_file_is_never_lost_in_a_title(scene: Scene) -> None:
    """A title has room for words only: with a file it is an item, also by a bare tag."""
    async with scene.bot():
        titled = await scene.send_file(b"%PDF", "a.pdf", "application/pdf", "#标题 读论文")
        assert await scene.person.wait_for_reaction(titled) == "🤔"
        scene.clock.advance(timedelta(seconds=5))
        wordless = await scene.send_file(b"%PDF 2", "b.pdf", "application/pdf", "#life")
        await scene.person.wait_for_reaction(wordless, "✍")
        scene.clock.advance(timedelta(seconds=5))
        for message in (titled, wordless):
            await scene.write("#标题", reply_to=message["message_id"])
        await scene.write("#life", reply_to=titled["message_id"])
        files = await _with_files(scene, 2)
    assert files["2023-W40.md"].decode() == (
        f"{_TITLE}## 生活\n\n1. 读论文 [a.pdf](images/2023-W40-1.pdf)\n"
        "2. [b.pdf](images/2023-W40-2.pdf)\n"
    )


async def test_a_file_without_words_is_an_item_by_itself(scene: Scene) -> None:
    """Untagged, it waits for a section like any message."""
    person = scene.person
    async with scene.bot():
        message = await scene.send_file(b"%PDF", "论文.pdf", "application/pdf")
        assert await person.wait_for_reaction(message) == "🤔"
        await person.send("/draft", at=scene.clock.now())
        await person.wait_for_answer("1. 论文.pdf")
        await person.press(await person.wait_for_answer("放到哪一栏"), "技术")
        await person.wait_for_reaction(message, "✍")
        files = await _with_files(scene)
    assert files["2023-W40.md"].decode() == (
        f"{_TITLE}## 技术\n\n1. [论文.pdf](images/2023-W40-1.pdf)\n"
    )


async def test_a_film_too_large_to_fetch_leaves_its_words(scene: Scene) -> None:
    """The person hears why; the item has no dead link."""
    async with scene.bot():
        await scene.send_file(b"\0" * 21_000_000, "a.mp4", "video/mp4", "#life 海边", kind="video")
        await scene.person.wait_for_answer("这个文件有 21 MB")
        assert await scene.report() == f"{_TITLE}## 生活\n\n1. 海边 视频 0:03\n"


async def test_places_polls_and_contacts_are_lines(scene: Scene) -> None:
    """A reply files them as it files any other message."""
    poll = dict(SAMPLES[MessageType.POLL])
    async with scene.bot():
        for extra in (
            {"venue": SAMPLES[MessageType.VENUE]["venue"]},
            poll,
            SAMPLES[MessageType.CONTACT],
        ):
            message = await scene.person.send(extra=extra, at=scene.clock.now())
            assert await scene.person.wait_for_reaction(message) == "🤔"
            scene.clock.advance(timedelta(seconds=5))
            await scene.write("#life", reply_to=message["message_id"])
            await scene.person.wait_for_reaction(message, "✍")
        report = await scene.report()
    assert "openstreetmap.org" in report
    assert "2. Dinner?\n    1. Rice\n    2. Soup\n" in report
    assert report.count("\n1. ") + report.count("\n2. ") + report.count("\n3. ") == 3


async def test_a_live_location_that_moves_on_changes_nothing(scene: Scene) -> None:
    """It is edited every few seconds; what counts is where it began."""
    place = {"latitude": 31.2304, "longitude": 121.4737, "live_period": 900}
    async with scene.bot():
        message = await scene.person.send(extra={"location": place}, at=scene.clock.now())
        await scene.person.wait_for_reaction(message, "🤔")
        raw = {key: value for key, value in message.items() if not key.startswith("_")}
        for step in range(3):
            moved = raw | {"location": place | {"latitude": 32.0 + step}, "edit_date": raw["date"]}
            await scene.person.post("updates", {"edited_message": moved})
        scene.clock.advance(timedelta(seconds=5))
        await scene.write("#life", reply_to=message["message_id"])
        report = await scene.report()
        assert await scene.person.wait_for_reaction(message) == "✍"
    assert "31.2304" in report


async def _with_files(scene: Scene, files: int = 1) -> dict[str, bytes]:
    """The archive of the draft, once so many files have arrived."""
    found: dict[str, bytes] = {}

    async def complete() -> bool:
        name, _ = await scene.report_file()
        if not name.endswith(".zip"):
            return False
        found.clear()
        found.update(await scene.archive())
        return len(found) > files

    await until(complete)
    return found


def _update(sample: dict[str, object]) -> Update:
    return Update(1, message=parsed(sample))
