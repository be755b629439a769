"""What all tests share: no network but this machine's own, bounded properties, a set clock."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.clock import FakeClock

# 127.0.0.2 stands for the public web where 127.0.0.1 stays private.
_LOOPBACK = ["127.0.0.1", "127.0.0.2", "::1"]

_LONGEST = frozenset({"test_kill.py", "test_soak.py", "test_process.py", "test_switching.py"})

# A busy machine is no fault of the code: examples are counted, never timed. In CI they are the
# same ones in each run, so that a failure belongs to the change that brought it.
_UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.register_profile("ci", _UNTIMED, max_examples=60, derandomize=True)
settings.register_profile("long", _UNTIMED, max_examples=3000)
settings.load_profile("ci")


# Databases sync each commit. No test cuts the power, so what lies in memory is as good a disk.
_MEMORY = Path("/dev/shm")  # noqa: S108 -- pytest makes a folder of its own there
_ENOUGH = 4 * 1024**3  # bytes


def pytest_configure(config: pytest.Config) -> None:
    """Tests marked `long` run only when asked for, and then with many examples."""
    if _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ENOUGH:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))
    asked = config.getoption("markexpr")
    if asked == "long":
        settings.load_profile("long")
    elif not asked:
        config.option.markexpr = "not long"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test may connect to this machine and to nothing else; those of programs come first.

    They take longest, and one that begins last would have the other cores wait for it.
    """
    for item in items:
        item.add_marker(pytest.mark.allow_hosts(_LOOPBACK))
    items.sort(key=lambda item: item.path.name not in _LONGEST)


@pytest.fixture
def clock() -> FakeClock:
    """A clock that stands still on a Wednesday noon of 2023-W40."""
    return FakeClock()
