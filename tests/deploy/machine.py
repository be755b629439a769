"""A machine for a trial: a root file system of its own in which systemd is booted.

It has the processes, mounts and name of a machine of its own, and this one's network, so that it
reaches the stand-in. Where this machine is not run by systemd, a branch of the tree of processes'
groups is made for it and taken away again.
"""

from __future__ import annotations

import asyncio
import os
import shlex
import shutil
import subprocess
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from types import MappingProxyType
from typing import Final

from tests.deploy import roots
from tests.deploy.dockerfile import ROOT
from tests.deploy.telling import show

SOURCES: Final = "/root/weeknotes"
_PACKAGES: Final = ("systemd", "systemd-sysv", "dbus", "python3", "python3-venv", "ca-certificates")
_UV: Final = (
    "python3 -m venv /root/uv && /root/uv/bin/pip install --quiet uv"
    " && ln -s /root/uv/bin/uv /usr/local/bin/uv"
)
_CA: Final = Path("/etc/ssl/certs/ca-certificates.crt")
_CA_INSIDE: Final = "/root/trial-ca.crt"
_GROUPS: Final = [Path("/sys/fs/cgroup", tree) for tree in ("unified", "systemd")]
_LEFT_OUT: Final = (".git", ".venv", "__pycache__", ".*_cache", "data")
_BOOT: Final = """
for tree in {trees}; do mkdir -p $tree/{name}; echo $$ >$tree/{name}/cgroup.procs; done
mkdir -p /run/systemd/nspawn
mount -t tmpfs tmpfs /run/systemd/nspawn
exec systemd-nspawn --quiet --boot --register=no {keep} --machine={name} --console=pipe \
    --directory={root}
"""
_BOOTED: Final = "test -S /run/dbus/system_bus_socket && systemctl is-system-running --wait"

# Its process 1 is not there to be found.
_NOT_BOOTED: Final = (IndexError, FileNotFoundError, ProcessLookupError)


class Machine:
    """A clean Debian that is switched on and off; commands run in it as root."""

    def __init__(self, name: str, root: Path) -> None:
        self.root = root
        self._name = f"{name}-{os.getpid()}"
        self.environ = {
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME": "/root",
            "LANG": "C.UTF-8",
        }
        if _CA.exists():
            self.environ["SSL_CERT_FILE"] = _CA_INSIDE
        self._supervisor: asyncio.subprocess.Process | None = None

    def make(self, suite: str) -> None:
        """A Debian with systemd, Python and uv, and a copy of this project."""
        roots.bootstrap(suite, self.root, _PACKAGES)
        show(f"debootstrap --variant=minbase --include={','.join(_PACKAGES)} {suite} {self._name}")
        roots.build(self.root, _UV, {})
        show(_UV)
        if _CA.exists():
            shutil.copy(_CA, self.root / _CA_INSIDE[1:])
        ignored = shutil.ignore_patterns(*_LEFT_OUT)
        shutil.copytree(ROOT, self.root / SOURCES[1:], ignore=ignored)

    async def switch_on(self) -> None:
        """It has booted. Raises TimeoutError."""
        self._supervisor = await asyncio.create_subprocess_exec(
            *("unshare", "--mount", "--propagation", "private", "/bin/sh", "-ec", self._boot()),
            stdin=subprocess.DEVNULL,
            env=os.environ | {"SYSTEMD_NSPAWN_UNIFIED_HIERARCHY": "1"},
        )
        state = ""
        async with asyncio.timeout(60):
            while state not in {"running", "degraded"}:
                await asyncio.sleep(0.2)
                with suppress(*_NOT_BOOTED):
                    state = (await self.ask(_BOOTED))[0]
        show("systemctl is-system-running --wait", state)

    async def switch_off(self) -> None:
        """Nothing of it runs any more, and its groups are gone."""
        if self._supervisor is None:
            return
        try:
            async with asyncio.timeout(30):
                await self.ask("systemctl poweroff")
                await self._supervisor.wait()
        except (TimeoutError, *_NOT_BOOTED):
            with suppress(ProcessLookupError):
                self._supervisor.kill()
            await self._supervisor.wait()
        self._supervisor = None
        self._clear_groups()

    async def ask(
        self, command: str, environ: Mapping[str, str] = MappingProxyType({})
    ) -> tuple[str, int]:
        """What the command says in the copy of the project, and its status."""
        process = await asyncio.create_subprocess_exec(
            *self.inside(command),
            env=self.environ | dict(environ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        output, _ = await process.communicate()
        return output.decode(errors="replace").strip(), process.returncode or 0

    async def run_block(self, commands: Iterable[str]) -> None:
        """The commands one after the other, in a shell of their own: what one exports, all have."""
        exported: dict[str, str] = {}
        for command in commands:
            await self.run(command, environ=exported)
            if command.startswith("export "):
                name, _, value = command.removeprefix("export ").partition("=")
                exported[name] = value

    async def run(
        self,
        command: str,
        *,
        status: int = 0,
        shown: bool = True,
        environ: Mapping[str, str] = MappingProxyType({}),
    ) -> str:
        """What the command says; both are shown.

        Raises FailedError where it ends with another status.
        """
        output, ended = await self.ask(command, environ)
        if shown or ended != status:
            show(command, output + (f"\nstatus {ended}" if ended else ""))
        if ended != status:
            raise roots.FailedError(f"{command}: status {ended} instead of {status}")
        return output

    def inside(self, command: str) -> list[str]:
        """The command line that runs the command there from here."""
        here = ["nsenter", "--all", f"--target={self._first()}", f"--wdns={SOURCES}"]
        return [*here, "/bin/sh", "-c", command]

    def put(self, path: str, text: str) -> None:
        """The file has that text at its end."""
        with (self.root / path[1:]).open("a", encoding="utf-8") as file:
            file.write(text)

    def _boot(self) -> str:
        alone = not Path("/run/systemd/system").exists()
        return _BOOT.format(
            trees=" ".join(str(tree) for tree in _GROUPS if alone and tree.is_dir()),
            name=self._name,
            keep="--keep-unit" if alone else "",
            root=shlex.quote(str(self.root)),
        )

    def _clear_groups(self) -> None:
        for tree in _GROUPS:
            for folder, _, _ in os.walk(tree / self._name, topdown=False):
                Path(folder).rmdir()

    def _first(self) -> str:
        """Its process 1, by its number here."""
        if self._supervisor is None:
            raise RuntimeError("it is switched off")
        pid = self._supervisor.pid
        return Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()[0]


@asynccontextmanager
async def switched_on(machine: Machine) -> AsyncIterator[Machine]:
    """The machine runs, and is off afterwards whatever happens."""
    try:
        await machine.switch_on()
        yield machine
    finally:
        await machine.switch_off()
