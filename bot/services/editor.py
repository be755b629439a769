"""What the editor in the chat is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from bot.services.editing import Editing
from bot.services.naming import Naming
from bot.services.outlining import Outlining
from bot.services.ports import Clock
from bot.storage.database import Database


@dataclass(frozen=True, slots=True)
class Editor:
    """The outlines, the operations on their lines, and what these are called."""

    outlining: Outlining
    editing: Editing
    naming: Naming

    @classmethod
    def over(cls, database: Database, clock: Clock) -> Self:
        """The editor of that database."""
        return cls(Outlining(database), Editing(database, clock), Naming(database))
