"""What pip-audit found, as a verdict: `pip-audit -f json … | python -m tests.deploy.audit`.

Status 1: a package has a known hole. 77: none is known, but not every package could be asked about,
because the service that knows of holes was not reached or knows nothing of it. 0: all is well.
"""

from __future__ import annotations

import json
import sys
from typing import Final

HOLES: Final = 1
NOT_CHECKED: Final = 77


def judge(report: str) -> tuple[int, str]:
    """The status, and what there is to say."""
    try:
        packages = json.loads(report)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return NOT_CHECKED, "not checked: pip-audit gave no report"
    holes = [
        f"{package['name']} {package['version']}: {hole['id']}, mended in"
        f" {', '.join(hole['fix_versions']) or 'no version yet'}"
        for package in packages
        for hole in package.get("vulns", ())
    ]
    if holes:
        return HOLES, "\n".join(holes)
    skipped = sum("skip_reason" in package for package in packages)
    if skipped or not packages:
        return NOT_CHECKED, f"not checked: {skipped} of {len(packages)} packages are unknown there"
    return 0, f"{len(packages)} packages, no known hole"


if __name__ == "__main__":
    status, words = judge(sys.stdin.read())
    sys.stdout.write(words + "\n")
    sys.exit(status)
