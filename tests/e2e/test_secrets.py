"""The secrets are nowhere: a story at debug level, in which everything goes wrong."""

from __future__ import annotations

import asyncio
import json
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import aiohttp
import pytest

from bot.sandbox.faults import Kind
from tests.e2e.leaks import Haul, forms
from tests.e2e.pictures import jpeg
from tests.e2e.processes import PROGRAM, Theatre, by_webhook, theatre

_HOOK_SECRET = "Hook-word_that-nobody-guesses-4711"  # noqa: S105 -- opens a port of this test
_METHODS = (
    "getMe",
    "getUpdates",
    "setWebhook",
    "deleteWebhook",
    "setMyCommands",
    "setMessageReaction",
    "sendMessage",
    "sendRichMessage",
    "sendDocument",
    "getFile",
)
_COMMANDS = ("doctor", "doctor --json", "export out.zip", "backup backup.zip")
_REFUSALS = (400, 403, 404, 409, 429, 500, 502)


def _troubles(token: str, *, whole: bool) -> list[dict[str, object]]:
    """Every kind of fault, and refusals that say the token back."""
    echo = f"{token} in /bot{quote(token, safe='')}/x"
    troubles: list[dict[str, object]] = [
        {"kind": kind, "when": when, "seconds": 0.1}
        for kind in Kind
        for when in ("before", "after")
        # The whole story has the time to wait for what hangs.
        if kind is not Kind.STATUS and (whole or (kind is not Kind.HANG and when == "before"))
    ]
    for code in _REFUSALS if whole else (400, 404, 429, 500):
        refusal = {"kind": "status", "error_code": code, "description": echo}
        troubles.append(refusal | ({"retry_after": 0} if code == 429 else {}))
    return troubles


def _settings(source: str, folder: Path, token: str, hook: dict[str, str]) -> dict[str, str]:
    """The secrets as settings in the environment; `.env` and files lie in the folder."""
    secrets = {"BOT_TOKEN": token}
    if hook:
        secrets["BOT_WEBHOOK_SECRET"] = _HOOK_SECRET
    rest = {name: value for name, value in hook.items() if name not in secrets}
    if source == "env":
        return rest | secrets
    emptied = dict.fromkeys(secrets, "") | rest
    if source == ".env":
        lines = "".join(f"{name}={value}\n" for name, value in secrets.items())
        (folder / ".env").write_text(lines, encoding="utf-8")
        return emptied
    for name, value in secrets.items():
        path = folder / f"{name.lower()}.secret"
        path.write_text(value + "\n", encoding="utf-8")
        emptied[f"{name}_FILE"] = str(path)
    return emptied


async def _run(stage: Theatre, *words: str) -> bytes:
    """What a command prints, on both ways."""
    process = await asyncio.create_subprocess_exec(
        *PROGRAM[:-1],
        *words,
        cwd=stage.folder,
        env=stage.program.environ,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    out, _ = await process.communicate()
    return out


async def _play(stage: Theatre, token: str, *, whole: bool) -> None:
    """The person writes while everything fails, one way after the other, and is heard at last."""
    person = stage.person
    for number, trouble in enumerate(_troubles(token, whole=whole)):
        for method in _METHODS:
            if method == "getUpdates" and trouble.get("error_code") == 404:
                continue
            await person.fault(method, **trouble)
        await person.send(f"#life 第{number}件 https://127.0.0.1:9/{number}")
        await person.send_picture(jpeg(), "#life 图")
        await person.send("/draft" if number % 2 else "/settings")
        await asyncio.sleep(0.3)
        if trouble["kind"] == Kind.HANG:
            await asyncio.sleep(2)
    await person.clear_faults()
    # Why a file cannot be had is kept with it, and is a part of exports and backups.
    await person.fault("getFile", kind="status", error_code=400, description=f"no {token}")
    await person.send_picture(jpeg("#aa3b10"), "#life 图")
    await person.wait_for_answer("没能从 Telegram 下载下来", seconds=60)
    message = await person.send("#life 最后")
    assert await person.wait_for_reaction(message, seconds=60) == "✍"


async def _fetch(url: str) -> str:
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        return f"{response.headers}\n{await response.text()}"


async def _story(
    folder: Path, ports: Callable[[], int], mode: str, source: str, *, whole: bool
) -> tuple[Haul, dict[str, str]]:
    """Everything that came of it, and the secrets that must not be in it."""
    haul = Haul()
    hook = by_webhook(ports()) if mode == "webhook" else {}
    health, metrics = ports(), ports()
    async with theatre(
        folder,
        BOT_LOG_LEVEL="debug",
        BOT_HEALTH_LISTEN=f"127.0.0.1:{health}",
        BOT_METRICS_LISTEN=f"127.0.0.1:{metrics}",
    ) as stage:
        token = stage.sandbox.token
        secrets = {"token": token.partition(":")[2]} | ({"hook": _HOOK_SECRET} if hook else {})
        stage.program.environ.update(_settings(source, folder, token, hook))
        # A server with whom there is no speaking in TLS, then one that is not there.
        right = stage.program.environ["BOT_API_URL"]
        wrong = (stage.sandbox.url.replace("http:", "https:"), "http://127.0.0.1:9")
        for times, address in enumerate(wrong if whole else wrong[:1], start=1):
            stage.program.environ["BOT_API_URL"] = address
            await stage.program.start()
            await stage.program.brings_about(
                lambda times=times: stage.program.output.count("cannot reach Telegram") >= times
            )
            haul.add(f"doctor of {address}", await _run(stage, "doctor"))
            await stage.program.kill()
        stage.program.environ["BOT_API_URL"] = right
        await stage.start()
        process = Path("/proc") / str(stage.program.pid)
        await _play(stage, token, whole=whole)
        for name in ("cmdline", "comm", "status"):
            haul.add(f"process {name}", (process / name).read_bytes())
        haul.add("healthz", await _fetch(f"http://127.0.0.1:{health}/healthz"))
        haul.add("metrics", await _fetch(f"http://127.0.0.1:{metrics}/metrics"))
        asked = await stage.person.send("/export")
        name, content = await stage.person.wait_for_document(after=asked["message_id"], seconds=60)
        haul.add(f"sent {name}", content)
        messages = await stage.person.messages()
        haul.add("messages", json.dumps(messages, ensure_ascii=False))
        told = await asyncio.gather(*(_run(stage, *words.split()) for words in _COMMANDS))
        for words, printed in zip(_COMMANDS, told, strict=True):
            haul.add(words, printed)
        await stage.person.fault("*", kind="status", error_code=401, description=token, times=-1)
        await stage.person.send("#life 不再有人听")
        if mode == "polling":
            assert await stage.program.ended() == 2
        else:
            await stage.called("setMessageReaction")
            await stage.program.terminate()
    haul.add_folder(folder, but={".env", "bot_token.secret", "bot_webhook_secret.secret"})
    return haul, secrets


def _assert_tight(haul: Haul, secrets: dict[str, str]) -> None:
    """Everything was looked at, and nothing was found."""
    wanted = {"output.log", "data/weeknotes.db", "out.zip", "backup.zip", "messages", "metrics"}
    assert wanted <= haul.places
    assert haul.size > 300_000
    assert haul.leaks(secrets) == []


@pytest.mark.attack
@pytest.mark.parametrize(("mode", "source"), [("polling", "file"), ("webhook", "env")])
async def test_no_secret_comes_out(
    tmp_path: Path, unused_tcp_port_factory: Callable[[], int], mode: str, source: str
) -> None:
    """Not in logs, messages, files, pages, exports, backups or the list of processes."""
    haul, secrets = await _story(tmp_path, unused_tcp_port_factory, mode, source, whole=False)
    _assert_tight(haul, secrets)


@pytest.mark.long
@pytest.mark.parametrize("source", ["env", ".env", "file"])
@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_no_secret_comes_out_of_anything(
    tmp_path: Path,
    unused_tcp_port_factory: Callable[[], int],
    record_property: Callable[[str, object], None],
    mode: str,
    source: str,
) -> None:
    """The same with every fault, and wherever the secrets are kept."""
    haul, secrets = await _story(tmp_path, unused_tcp_port_factory, mode, source, whole=True)
    record_property("bytes searched", haul.size)
    record_property("hits", len(haul.leaks(secrets)))
    _assert_tight(haul, secrets)


@pytest.mark.parametrize(
    "write",
    [
        str,
        lambda secret: quote(secret.replace("-", "%2D"), safe=""),
        lambda secret: "".join(f"%{ord(sign):02X}" for sign in secret),
        lambda secret: b64encode(f"1:{secret}".encode()).decode(),
        lambda secret: b64encode(f"12:{secret} and more".encode()).decode(),
        lambda secret: urlsafe_b64encode(f"bot123:{secret}?>".encode()).decode(),
        lambda secret: secret[: len(secret) // 2],
        lambda secret: secret[len(secret) // 2 :],
    ],
)
def test_what_leaks_is_found(write: Callable[[str], str]) -> None:
    """However a secret is written: else it would be no wonder that none is found."""
    secret = "AAEx-AmPlE_tokenTOKEN-tokenTOKEN12345"  # noqa: S105 -- made up
    haul = Haul()
    haul.add("log", f"before {write(secret)} behind")
    assert haul.leaks({"token": secret}) == [("token", "log")]
    haul = Haul()
    haul.add("log", "nothing of the kind")
    assert haul.leaks({"token": secret}) == []
    assert all(len(form) > 9 for form in forms(secret))
