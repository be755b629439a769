"""From nothing to a bot that answers: `python -m tests.deploy.trial`, as root.

It makes clean Debians, carries out in them what stands in the Dockerfile, and talks to the bot
through the stand-in for Telegram. Needs debootstrap and the registries; a few minutes.
"""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from tests.deploy.image_trial import try_image


def main() -> None:
    """The trial; nothing of it is left."""
    with tempfile.TemporaryDirectory(prefix="weeknotes-trial-") as folder:
        asyncio.run(try_image(Path(folder)))


if __name__ == "__main__":
    main()
