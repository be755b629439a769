"""Reading settings one by one, with everything that is wrong with them kept until the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar

from bot.config.settings import FILE, FROM_FILES, SETTINGS, Fault
from bot.config.values import WrongValueError

T = TypeVar("T")

_LARGEST_SECRET = 4096


class Reader:
    """The values of the settings as text, and what has been found wrong with them so far.

    What `environ` sets wins over the file; empty means not set.
    """

    def __init__(self, environ: Mapping[str, str], env_file: Path | None) -> None:
        self.faults: list[Fault] = []
        self.warnings: list[Fault] = []
        in_file = {} if env_file is None else self._read_file(env_file)
        self.values = {
            name: environ.get(name, "").strip() or in_file.get(name, "").strip()
            for name in SETTINGS
        }
        for name in FROM_FILES:
            self._read_secret(name)
        for name in in_file:
            if name.startswith("BOT_") and name not in SETTINGS:
                self.warnings.append(_unknown(name))

    def add(self, name: str, fault: str, remedy: str) -> None:
        """Keeps a fault."""
        self.faults.append(Fault(name, fault, remedy))

    def read(self, name: str, parse: Callable[[str], T], instead: T) -> T:
        """The setting, or its default, parsed; `instead` where there is neither or it is faulty."""
        value = self.values[name] or SETTINGS[name]
        if not value:
            return instead
        try:
            return parse(value)
        except WrongValueError as wrong:
            self.add(name, *wrong.args)
            return instead

    def _read_secret(self, name: str) -> None:
        """What the file holds that the setting names, if one is named, is the value."""
        setting = name + FILE
        path = self.values[setting]
        if not path:
            return
        if self.values[name]:
            self.add(setting, f"is set, and so is {name}", "leave one of them out")
            return
        try:
            with Path(path).open("rb") as file:
                content = file.read(_LARGEST_SECRET + 1)
        except (OSError, ValueError) as error:
            cause = getattr(error, "strerror", None) or "it is no path"
            self.add(setting, f"cannot be read ({cause})", "name a file that the bot may read")
            return
        lines = content.decode("utf-8", "replace").strip().split("\n")
        if len(content) > _LARGEST_SECRET or len(lines) > 1 or not lines[0]:
            self.add(setting, "names a file that is no single line", f"put {name} into it, alone")
            return
        self.values[name] = lines[0]

    def _read_file(self, path: Path) -> dict[str, str]:
        try:
            # Some editors begin a file with a byte order mark.
            with path.open(encoding="utf-8-sig") as stream:
                from dotenv import dotenv_values  # where there is no file, no time is spent on it

                # A webhook's secret may hold a dollar, so nothing is interpolated.
                found = dotenv_values(stream=stream, interpolate=False)
        except FileNotFoundError:
            return {}
        except OSError as error:
            self.add(path.name, f"cannot be read ({error.strerror})", "make it readable")
            return {}
        except UnicodeDecodeError:
            self.add(path.name, "is not UTF-8", "save it as UTF-8")
            return {}
        return {name: value or "" for name, value in found.items()}


def _unknown(name: str) -> Fault:
    near = get_close_matches(name, SETTINGS, n=1)
    remedy = f"did you mean {near[0]}?" if near else "remove it; .env.example lists the settings"
    return Fault(name, "is no setting", remedy)
