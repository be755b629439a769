"""From nothing to a bot that answers: `python -m tests.deploy.trial`, as root.

It makes clean Debians, carries out in them what stands in the Dockerfile (`image`) and on the page
about systemd (`unit`), and talks to the bot through the stand-in for Telegram. One of the words
behind the command tries that alone. Needs debootstrap, for the second systemd-nspawn as well, and
the registries; some ten minutes.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import Final

from tests.deploy.image_trial import try_image
from tests.deploy.unit_trial import try_unit

_TRIALS: Final = {"image": try_image, "unit": try_unit}


def main() -> None:
    """The trials; nothing of them is left."""
    for name in sys.argv[1:] or _TRIALS:
        with tempfile.TemporaryDirectory(prefix="weeknotes-trial-") as folder:
            asyncio.run(_TRIALS[name](Path(folder)))


if __name__ == "__main__":
    main()
