"""What the service's process might try if it were somebody else's: run in its place by the trial.

It stands alone, for it runs in the trial's machine. Each line says whether that was refused.
"""

import ctypes
import mmap
import os
import socket
from collections.abc import Callable
from pathlib import Path


def _write(path: str) -> Callable[[], object]:
    return lambda: Path(path).write_bytes(b"")


def _read(path: str) -> Callable[[], object]:
    return lambda: Path(path).read_bytes()


def _call(name: str, *arguments: object) -> Callable[[], object]:
    def call() -> None:
        if getattr(ctypes.CDLL(None, use_errno=True), name)(*arguments) < 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number))

    return call


_WRITABLE_CODE = mmap.PROT_WRITE | mmap.PROT_EXEC
_NEW_USER_NAMESPACE = 0x10000000
_TRIED: dict[str, Callable[[], object]] = {
    "write into /opt/weeknotes": _write("/opt/weeknotes/x"),
    "write into /etc": _write("/etc/x"),
    "write into /var/lib": _write("/var/lib/x"),
    "read the token's file": _read("/etc/weeknotes.token"),
    "read the settings' file": _read("/etc/weeknotes.env"),
    "read /etc/shadow": _read("/etc/shadow"),
    "list /root": lambda: list(Path("/root").iterdir()),
    "read of process 1": _read("/proc/1/environ"),
    "memory that can be written and run": lambda: mmap.mmap(-1, 4096, prot=_WRITABLE_CODE),
    "a netlink socket": lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW),
    "a packet socket": lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW),
    "a namespace of its own": _call("unshare", _NEW_USER_NAMESPACE),
    "mount": _call("mount", b"none", b"/mnt", b"tmpfs", 0, None),
    "chroot": lambda: os.chroot("/mnt"),
    "become root": lambda: os.setuid(0),
    "a raised limit": lambda: os.nice(-5),
    "a file that runs as its owner": lambda: Path("setuid").chmod(0o4700),
    "another host name": lambda: socket.sethostname("x"),
    "trace a process": _call("ptrace", 0, 0, None, None),
}
_NEEDED: dict[str, Callable[[], object]] = {
    "write into the data": _write("setuid"),
    "read the credential": lambda: _read(os.environ["BOT_TOKEN_FILE"])(),
    "write into a /tmp of its own": _write("/tmp/x"),  # noqa: S108 -- that is what is tried
    "a TCP socket": lambda: socket.socket(socket.AF_INET),
}


def main() -> None:
    """Status 1 where something went otherwise than it must."""
    wrong = False
    for name, attempt in _NEEDED.items():
        wrong |= not _tell(name, attempt, wanted=True)
    for name, attempt in _TRIED.items():
        wrong |= not _tell(name, attempt, wanted=False)
    Path("setuid").unlink()
    raise SystemExit(wrong)


def _tell(name: str, attempt: Callable[[], object], *, wanted: bool) -> bool:
    try:
        attempt()
    except OSError as error:
        print(f"{name}: refused, {error.strerror}")  # noqa: T201 -- the journal takes it
        return not wanted
    print(f"{name}: allowed")  # noqa: T201
    return wanted


if __name__ == "__main__":
    main()
