"""All that the chats are shown of weeks, and what keeps it true."""

from __future__ import annotations

import asyncio

from bot.chat.easel import Easel
from bot.chat.late_questions import LateQuestions
from bot.chat.messenger import Messenger
from bot.chat.redrawing import Redrawing
from bot.services.finishing import Finishing
from bot.services.memory import Memory
from bot.services.previewing import Previewing
from bot.services.reporting import Reporting
from bot.services.thumbnails import Thumbnails


class Board:
    """Previews, weeks that are done, and the questions about those."""

    def __init__(
        self,
        previewing: Previewing,
        finishing: Finishing,
        reporting: Reporting,
        messenger: Messenger,
        thumbnails: Thumbnails,
        memory: Memory,
    ) -> None:
        self.easel = Easel(messenger, thumbnails)
        self.previewing = previewing
        self.finishing = finishing
        self.redrawing = Redrawing(previewing, reporting, self.easel, memory)
        self.late_questions = LateQuestions(finishing, self.easel, memory)

    def wake(self) -> None:
        """Something may have changed."""
        self.redrawing.wake()
        self.late_questions.wake()

    async def run(self) -> None:
        """Keeps all of it true, until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self.redrawing.run())
            group.create_task(self.late_questions.run())
