"""The one bot for all that is tried, and the one whom it is tried on."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.e2e.attacks.stage import Stage, Victim, furnish, open_stage


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    """The bot."""
    async with open_stage(tmp_path_factory.mktemp("stage")) as opened:
        yield opened


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def victim(stage: Stage) -> Victim:
    """Who has written much, and let a member and a group in; a stranger knows that they are one."""
    return await furnish(stage)
