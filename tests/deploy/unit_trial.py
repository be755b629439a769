"""The page's way with systemd, command by command, on a machine that boots; then on another one."""

from __future__ import annotations

import asyncio
import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from PIL import Image
from pillow_heif import register_heif_opener

from bot.sandbox.person import Message, Person
from bot.sandbox.server import Sandbox
from tests.deploy import roots
from tests.deploy.guest import Guest, ask, settings_for, talk, visited
from tests.deploy.machine import SOURCES, Machine, switched_on
from tests.deploy.page import PAGE, commands_under
from tests.deploy.telling import heading, show

_SETTINGS = "/etc/weeknotes.env"
_TOKEN = "/etc/weeknotes.token"  # noqa: S105 -- where it stands
_DATA = "/var/lib/weeknotes"
_STATE = (
    "systemctl show weeknotes"
    " -p ActiveState -p SubState -p Result -p ExecMainStatus -p NRestarts -p MainPID"
)
# Those words of its unit that say what is done are changed, all that confines it is kept.
_PROBE = (
    r"sed -e 's,^Type=.*,Type=oneshot,' -e '/^Watchdog\|^Restart\|^\[Install\]\|^WantedBy/d'"
    rf" -e 's,^ExecStart=.*,ExecStart=/opt/weeknotes/bin/python /opt/probe.py,'"
    " deploy/weeknotes.service >/run/systemd/system/weeknotes-probe.service"
    f" && install -m 644 {SOURCES}/tests/deploy/probe.py /opt/"
)
_EXPOSURE = "systemd-analyze security weeknotes --no-pager | tail -1"
_WAIT = "timeout 60 sh -c 'until systemctl is-active weeknotes; do sleep 0.5; done'"
_WATCHDOG_SECONDS = 200


async def try_unit(folder: Path) -> None:
    """Installed, used, broken, mended, renewed and moved, all of it by what the page says."""
    old, new = Machine("old", folder / "old"), Machine("new", folder / "new")
    async with Sandbox() as sandbox, Person(sandbox.url) as person:
        heading("a machine of Debian 12")
        await asyncio.to_thread(old.make, "bookworm")
        async with switched_on(old):
            await _install(old, sandbox)
            await _begin(old)
            async with visited(_journal(old, folder)) as journal:
                await _live(old, person, journal)
                await _look(old)
                await _back_up(old, person, journal)
                await _renew(old, person, journal)
                await _fail(old, person, journal)
            heading("to another machine, of Debian 13")
            leaving, arriving = commands_under("To another machine")
            await old.run_block(one for one in leaving if not one.startswith("scp "))
        await asyncio.to_thread(new.make, "trixie")
        _carry(next(one for one in leaving if one.startswith("scp ")), old, new)
        async with switched_on(new):
            await _install(new, None)
            await _begin(new, but=("systemctl enable", "journalctl"))
            await new.run_block(arriving)
            async with visited(_journal(new, folder)) as journal:
                await talk(person, journal, "#life 在新机器上")
                await ask(person, journal, "/draft")
                await _show_pictures(person)
                await new.run(_EXPOSURE)
                await new.run(_STATE)
                await _doctor(new)


async def _install(machine: Machine, sandbox: Sandbox | None) -> None:
    """As the page says; with a stand-in, also what it says is to be written into the files."""
    heading("installing")
    await machine.run("systemctl --version | head -1; python3 --version; uv --version")
    await machine.run_block(commands_under("With systemd")[0])
    if sandbox is not None:
        machine.put(_TOKEN, sandbox.token + "\n")
        for name, value in settings_for(sandbox).items():
            machine.put(_SETTINGS, f"{name}={value}\n")
        show(f"(written) the token; {', '.join(settings_for(sandbox))}")


async def _begin(machine: Machine, but: tuple[str, ...] = ("journalctl",)) -> None:
    """As the page says; the last command goes on beside all that follows."""
    heading("the unit")
    commands = commands_under("With systemd")[1]
    await machine.run_block(one for one in commands if not one.startswith(but))


def _journal(machine: Machine, folder: Path) -> Guest:
    follow = commands_under("With systemd")[1][-1]
    return Guest(machine.inside(follow), machine.environ, folder / "journal")


async def _live(machine: Machine, person: Person, journal: Guest) -> None:
    await _ready(machine)
    await talk(person, journal, "#life 从零开始")
    await talk(person, journal, "#tech 第二件")
    await ask(person, journal, "/draft")
    photo = await person.send_picture(_picture("JPEG"), "#life 照片")
    show("(in the chat) a photo", await person.wait_for_reaction(photo, seconds=30))
    register_heif_opener()
    file_id = await person.upload(_picture("HEIF"), "IMG_1.HEIC", "image/heic")
    heic = await person.send("#life 猫", kind="document", file_id=file_id)
    show("(in the chat) a HEIC as a file", await person.wait_for_reaction(heic, seconds=30))
    await _show_pictures(person)
    show("journalctl -fu weeknotes", journal.output)


async def _show_pictures(person: Person) -> None:
    """/stats is drawn, and /export has both pictures as they are read."""
    asked = await person.send("/stats")
    answer = await person.wait(
        lambda chat: next((m for m in chat if _is_answer(m, asked) and "photo" in m), None), 60
    )
    drawn = Image.open(BytesIO(await person.download(answer["photo"][-1]["file_id"])))
    show("(in the chat) /stats", f"{drawn.format} {drawn.size}: {answer['caption']}")
    async with asyncio.timeout(60):
        kept: list[str] = []
        while not {".jpg", ".heic"} <= {Path(name).suffix for name in kept}:
            asked = await person.send("/export")
            name, content = await person.wait_for_document(after=asked["message_id"], seconds=30)
            kept = ZipFile(BytesIO(content)).namelist()
    show("(in the chat) /export", name + ": " + " ".join(kept))


def _is_answer(message: Message, asked: Message) -> bool:
    return bool(message["_out"]) and message["message_id"] > asked["message_id"]


async def _look(machine: Machine) -> None:
    heading("what it is kept from")
    said = await machine.run(_EXPOSURE)
    level = re.search(r"[\d.]+(?= \w+)", said.partition(":")[2])
    claimed = re.search(r"gives it ([\d.]+)", PAGE.read_text(encoding="utf-8"))
    if level is None or claimed is None or level[0] != claimed[1]:
        raise roots.FailedError(f"the page says otherwise: {claimed}")
    main = (await machine.run("systemctl show -P MainPID weeknotes", shown=False)).strip()
    await machine.run(f"grep -E '^(Uid|CapEff|CapBnd|NoNewPrivs|Seccomp):' /proc/{main}/status")
    await machine.run("systemctl show weeknotes -p MemoryCurrent -p MemoryMax -p TasksCurrent")
    await machine.run(_PROBE)
    await machine.run("systemctl daemon-reload && systemctl stop weeknotes")
    _, status = await machine.ask("systemctl start weeknotes-probe")
    show("systemctl start weeknotes-probe", f"status {status}")
    said, _ = await machine.ask("journalctl -o cat -u weeknotes-probe")
    show("journalctl -o cat -u weeknotes-probe", said, most=40)
    if status:
        raise roots.FailedError(f"the unit does not confine as it should:\n{said}")
    await machine.run("systemctl start weeknotes")
    await _doctor(machine)


async def _doctor(machine: Machine) -> None:
    [[doctor]] = commands_under("What is wrong")
    await machine.run(doctor)


async def _back_up(machine: Machine, person: Person, journal: Guest) -> None:
    heading("a backup, and back to it")
    making, restoring = commands_under("Backup and restore")
    await machine.run_block(making)
    await talk(person, journal, "#life 备份以后的")
    await machine.run_block(restoring)
    await machine.run(f"ls -ln {_DATA}/")
    await ask(person, journal, "/draft")
    await talk(person, journal, "#life 恢复以后的")
    report = await machine.run(
        "/opt/weeknotes/bin/weeknotes report this", environ={"BOT_DATA_DIR": _DATA}
    )
    if "从零开始" not in report or "恢复以后的" not in report or "备份以后的" in report:
        raise roots.FailedError("this is not what the backup held")


async def _renew(machine: Machine, person: Person, journal: Guest) -> None:
    heading("a new version")
    [commands] = commands_under("A new version")
    await machine.run_block(commands)
    await talk(person, journal, "#life 新版本")


async def _fail(machine: Machine, person: Person, journal: Guest) -> None:
    heading("a fault in the settings")
    await machine.run(f"cp -a {_SETTINGS} /root/kept.env")
    machine.put(_SETTINGS, "BOT_TIMEZONE=Nowhere\n")
    show(f"(written) BOT_TIMEZONE=Nowhere into {_SETTINGS}")
    await machine.run("systemctl restart weeknotes", status=1)
    said = await machine.run(_STATE)
    if not {"ActiveState=failed", "ExecMainStatus=2", "NRestarts=0"} <= set(said.split("\n")):
        raise roots.FailedError("it is tried again though that mends nothing")
    await machine.run("journalctl -o cat -u weeknotes -n 8")
    await machine.run(f"cp -a /root/kept.env {_SETTINGS}")
    await machine.run("systemctl restart weeknotes")
    await talk(person, journal, "#life 改好了")
    heading("a bot that hangs")
    await machine.run("systemctl kill --signal=STOP weeknotes")
    late = await person.send("#life 停住的时候")
    show("(in the chat) #life 停住的时候")
    emoji = await person.wait_for_reaction(late, seconds=_WATCHDOG_SECONDS)
    show("(in the chat, after the watchdog)", emoji)
    await _ready(machine)
    await machine.run("journalctl -o short -u weeknotes -n 12 --no-hostname")
    await machine.run(_STATE)


async def _ready(machine: Machine) -> None:
    """The unit is active within a minute."""

    await machine.run(_WAIT, shown=False)
    await machine.run("systemctl is-active weeknotes")


def _carry(command: str, old: Machine, new: Machine) -> None:
    """What scp would do."""
    _, *files, target = command.split()
    for file in files:
        place = new.root / target.partition(":")[2][1:] / Path(file).name
        place.write_bytes((old.root / file[1:]).read_bytes())
    show(f"(as copies) {command}")


def _picture(kind: str) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (320, 240), "#3b6ea5").save(buffer, kind)
    return buffer.getvalue()
