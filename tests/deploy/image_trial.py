"""The Dockerfile, carried out instruction by instruction; then the bot in what came of it."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import subprocess
from pathlib import Path

from bot.sandbox.person import Person
from bot.sandbox.server import Sandbox
from tests.deploy import roots
from tests.deploy.dockerfile import ROOT, Stage, let_through, read_dockerfile, settings_of
from tests.deploy.guest import Guest, ask, settings_for, talk, visited
from tests.deploy.telling import heading, show


async def try_image(folder: Path) -> None:
    """The image is built in clean roots; the bot answers in it, whoever it runs as."""
    arguments, stages = read_dockerfile()
    heading("the image")
    last = await asyncio.to_thread(_build, folder, arguments, stages)
    environ: dict[str, str] = {}
    for one in stages[-1].all("ENV"):
        environ |= settings_of(one)
    environ["PATH"] = environ["PATH"].replace("$PATH", "/usr/bin:/bin")
    size = await _said(["du", "-sm", str(last)], {"PATH": "/usr/bin:/bin"})
    show("du -sm (the last stage)", size.partition("\t")[0] + " MB")
    named = int(stages[-1].all("USER")[0].partition(":")[0])
    for user in (named, 4321):
        heading(f"the bot in it, as user {user}, its root read-only, without privileges")
        await _live(folder, last, stages[-1], environ, user)
    heading("a folder of root's as its volume")
    await _locked_out(folder, last, environ, named)


def _build(folder: Path, arguments: dict[str, str], stages: list[Stage]) -> Path:
    made: dict[str, Path] = {}
    suite = arguments["BASE"].partition(":")[2].partition("-")[0]
    roots.bootstrap(suite, folder / "base")
    show(f"debootstrap --variant=minbase {suite} base")
    root = folder / "base"
    for number, stage in enumerate(stages):
        root = folder / f"stage{number}"
        roots.copy(made.get(stage.base, folder / "base"), root)
        environ: dict[str, str] = {}
        workdir = "/"
        for one in stage.instructions:
            if one.word in {"ARG", "ENV"}:
                environ |= settings_of(one.rest) if one.word == "ARG" else {}
            elif one.word == "WORKDIR":
                workdir = one.rest
                (root / workdir[1:]).mkdir(parents=True, exist_ok=True)
            elif one.word == "COPY":
                _copy(one.rest, root, workdir, made)
            elif one.word == "RUN":
                show(f"[{stage.name or 'last'}] RUN {one.rest}")
                roots.build(root, one.rest, environ, workdir)
        made[stage.name] = root
    return root


def _copy(rest: str, root: Path, workdir: str, made: dict[str, Path]) -> None:
    option = re.match(r"--from=(\S+) ", rest)
    *sources, target = rest[option.end() :].split() if option else rest.split()
    place = root / (workdir + "/" + target if not target.startswith("/") else target)[1:]
    for source in sources:
        if option:
            origin = made[option[1]] / source[1:]
        else:
            if source not in let_through():
                raise roots.FailedError(f"COPY {source}: .dockerignore keeps it back")
            origin = ROOT / source
        into = place / origin.name if target.endswith("/") else place
        into.parent.mkdir(parents=True, exist_ok=True)
        if origin.is_dir():
            ignored = shutil.ignore_patterns("__pycache__") if not option else None
            shutil.copytree(origin, into, symlinks=True, dirs_exist_ok=True, ignore=ignored)
        else:
            shutil.copy(origin, into)
    show(f"COPY {rest}")


async def _live(folder: Path, root: Path, stage: Stage, environ: dict[str, str], user: int) -> None:
    volume = _volume(folder, root, user)
    command = json.loads(stage.all("ENTRYPOINT")[0]) + json.loads(stage.all("CMD")[0])
    health = json.loads(stage.all("HEALTHCHECK")[0].partition("CMD ")[2])
    async with Sandbox() as sandbox, Person(sandbox.url) as person:
        full = environ | settings_for(sandbox) | {"BOT_TOKEN": sandbox.token}
        inside = roots.confined(root, command, user, {volume: "/data"}, folder="/data")
        async with visited(Guest(inside, full, folder / "log")) as guest:
            await talk(person, guest, "#life 从零开始")
            await talk(person, guest, "#tech 第二件")
            await ask(person, guest, "/draft")
            await _probe(root, health, full, user)
            status, seconds = await guest.stop()
            show("kill -TERM 1", f"status {status} after {seconds:.1f} s")
            show("(its log)", guest.output)
        owners = {path.stat().st_uid for path in volume.rglob("*")}
        show("find /data -printf '%U\\n' | sort -u", " ".join(map(str, owners)))
        inside = roots.confined(
            root, ["weeknotes", "doctor"], user, {volume: "/data"}, folder="/data"
        )
        show("weeknotes doctor", await _said(inside, full))
        inside = roots.confined(
            root, ["weeknotes", "report", "this"], user, {volume: "/data"}, folder="/data"
        )
        show("weeknotes report this", await _said(inside, full))
        await _probe(root, health, full, user)


async def _probe(root: Path, health: list[str], environ: dict[str, str], user: int) -> None:
    inside = roots.confined(root, health, user, {}, alone=False)
    process = await asyncio.create_subprocess_exec(
        *inside, env=environ, stderr=asyncio.subprocess.DEVNULL
    )
    show("(HEALTHCHECK)", f"status {await process.wait()}")


async def _locked_out(folder: Path, root: Path, environ: dict[str, str], user: int) -> None:
    volume = folder / "locked"
    volume.mkdir(mode=0o755)
    async with Sandbox() as sandbox:
        full = environ | settings_for(sandbox) | {"BOT_TOKEN": sandbox.token}
        inside = roots.confined(root, ["weeknotes", "run"], user, {volume: "/data"}, folder="/data")
        guest = Guest(inside, full, folder / "log")
        await guest.start()
        status = await guest.ended()
        show("weeknotes run", f"{guest.output}\nstatus {status}")


def _volume(folder: Path, root: Path, user: int) -> Path:
    """A new volume, made by the engine like the folder in the image."""
    volume = folder / f"volume-{user}"
    subprocess.run(["cp", "-a", str(root / "data"), str(volume)], check=True)
    return volume


async def _said(command: list[str], environ: dict[str, str]) -> str:
    process = await asyncio.create_subprocess_exec(
        *command,
        env=environ,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await process.communicate()
    return f"{output.decode()}\nstatus {process.returncode}"
