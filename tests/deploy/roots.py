"""Clean root file systems of Debian, and commands in them: a container without an engine.

All mounts are made in a mount namespace of the command's own, so nothing is left when it ends.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

# What a root has of the machine: how it reaches the registries, and nothing else.
_CA = Path("/etc/ssl/certs/ca-certificates.crt")
_REACH = (Path("/etc/resolv.conf"), Path("/etc/hosts"))
_CA_INSIDE = "/run/trial-ca.crt"
_MOUNTS = """
mount --rbind /dev {root}/dev
mount -t proc proc {root}/proc
"""
_CONFINED = """
mount --bind {root} {root}
mount --rbind /dev {root}/dev
mount -t proc proc {root}/proc
mount -o remount,ro,bind {root}
mount -t tmpfs -o size=16m,mode=1777 tmpfs {root}/tmp
"""


class FailedError(Exception):
    """A command has ended with a status that is not 0."""


def bootstrap(suite: str, root: Path, include: Sequence[str] = ()) -> None:
    """A Debian with nothing but what it cannot be without. Takes half a minute."""
    packages = [f"--include={','.join(include)}"] if include else []
    subprocess.run(
        ["debootstrap", "--variant=minbase", *packages, suite, str(root)],
        check=True,
        stdout=subprocess.DEVNULL,
    )


def copy(root: Path, target: Path) -> None:
    """The same root once more."""
    subprocess.run(["cp", "-a", "--reflink=auto", str(root), str(target)], check=True)


def build(root: Path, command: str, environ: Mapping[str, str], folder: str = "/") -> str:
    """What the command says, run as root in that root. Raises FailedError."""
    for file in _REACH:
        shutil.copy(file, root / "etc" / file.name)
    if _CA.exists():
        (root / "run").mkdir(exist_ok=True)
        shutil.copy(_CA, root / _CA_INSIDE[1:])
    names = ("SSL_CERT_FILE", "PIP_CERT") if _CA.exists() else ()
    reach: dict[str, str] = dict.fromkeys(names, _CA_INSIDE)
    done = subprocess.run(
        inside(root, ["/bin/sh", "-c", command], _MOUNTS, folder=folder),
        env={"PATH": os.defpath + ":/usr/sbin:/sbin", "DEBIAN_FRONTEND": "noninteractive"}
        | reach
        | dict(environ),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    (root / _CA_INSIDE[1:]).unlink(missing_ok=True)
    if done.returncode:
        raise FailedError(f"{command}: status {done.returncode}\n{done.stdout[-3000:]}")
    return done.stdout


def confined(
    root: Path,
    command: Sequence[str],
    user: int,
    volumes: Mapping[Path, str],
    *,
    alone: bool = True,
    folder: str = "/",
) -> list[str]:
    """The command as that user in a root that cannot be written to, without any privilege.

    `alone` makes it process 1 of its own; `volumes` are folders of this machine and where they are.
    """
    binds = "".join(
        f"mount --bind {shlex.quote(str(source))} {root}{target}\n"
        for source, target in volumes.items()
    )
    return inside(root, command, _CONFINED + binds, user=user, alone=alone, folder=folder)


def inside(
    root: Path,
    command: Sequence[str],
    mounts: str,
    *,
    user: int = 0,
    alone: bool = False,
    folder: str = "/",
) -> list[str]:
    """The command line that makes the mounts and runs the command in the root."""
    whom = f"--reuid={user}", f"--regid={user}", "--clear-groups"
    # Within the root: whoever has lost his privileges cannot go there any more.
    lowered = ["/usr/bin/setpriv", *whom, "--no-new-privs", "--bounding-set=-all"] if user else []
    last = shlex.join(
        ["/usr/sbin/chroot", str(root), *lowered, "/usr/bin/env", "-C", folder, *command]
    )
    script = "set -e" + mounts.format(root=shlex.quote(str(root))) + f"exec {last}"
    pids = ["--pid", "--fork", "--kill-child"] if alone else []
    return ["unshare", "--mount", "--propagation", "private", *pids, "/bin/sh", "-c", script]
