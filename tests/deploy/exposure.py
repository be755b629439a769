"""How exposed the unit is, by the measure of systemd itself: `python -m tests.deploy.exposure`.

0 is best, 10 is worst. Status 1: it is more than it may be. 77: there is no systemd here to ask. 0:
all is well.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from typing import Final

from tests.deploy.dockerfile import ROOT

TOO_MUCH: Final = 1
NOT_CHECKED: Final = 77
_MOST: Final = 1.5
_ASK: Final = ("systemd-analyze", "security", "--offline=true", "--no-pager")


def judge(report: str) -> tuple[int, str]:
    """The status, and what there is to say."""
    level = re.search(r"Overall exposure level for \S+: ([\d.]+)", report)
    if level is None:
        return NOT_CHECKED, "not checked: systemd-analyze gave no level"
    words = f"exposure level {level[1]}, at most {_MOST}"
    return (TOO_MUCH if float(level[1]) > _MOST else 0), words


def main() -> int:
    """The verdict on this project's unit, printed; its status."""
    if shutil.which(_ASK[0]) is None:
        status, words = NOT_CHECKED, "not checked: there is no systemd-analyze here"
    else:
        unit = str(ROOT / "deploy" / "weeknotes.service")
        told = subprocess.run([*_ASK, unit], capture_output=True, text=True, check=False)
        status, words = judge(told.stdout)
    sys.stdout.write(words + "\n")
    return status


if __name__ == "__main__":
    sys.exit(main())
