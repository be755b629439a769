"""From nothing to a bot that answers: `python -m tests.deploy.trial image` or `systemd`, as root.

It makes clean Debians, carries out in them what stands in the Dockerfile or on the page, and talks
to the bot through the stand-in for Telegram. Needs debootstrap and the registries; a few minutes.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from tests.deploy import image_trial, page_trial

_TRIALS = {"image": image_trial.try_image, "systemd": page_trial.try_page}


def main() -> None:
    """The trials that were named, or all; nothing of them is left."""
    wanted = sys.argv[1:] or list(_TRIALS)
    for name in wanted:
        with tempfile.TemporaryDirectory(prefix="weeknotes-trial-") as folder:
            asyncio.run(_TRIALS[name](Path(folder)))


if __name__ == "__main__":
    main()
