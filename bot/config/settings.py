"""What can be set, and the values that come of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal
from zoneinfo import ZoneInfo

from bot.adapters.masking import Secret
from bot.config.supervision import Supervision

Language = Literal["zh", "en"]

# Every setting with its default; the empty string where there is none.
SETTINGS: Final[Mapping[str, str]] = {
    "BOT_TOKEN": "",
    "BOT_TOKEN_FILE": "",
    "BOT_ALLOWED_USERS": "",
    "BOT_DATA_DIR": "data",
    "BOT_TIMEZONE": "",
    "BOT_LANGUAGE": "zh",
    "BOT_DRAFT_AT": "sun 20:00",
    "BOT_API_URL": "https://api.telegram.org",
    "BOT_WEBHOOK_URL": "",
    "BOT_WEBHOOK_LISTEN": "",
    "BOT_WEBHOOK_SECRET": "",
    "BOT_WEBHOOK_SECRET_FILE": "",
    "BOT_HEALTH_LISTEN": "",
    "BOT_METRICS_LISTEN": "",
    "BOT_LOG_LEVEL": "info",
    "BOT_LOG_FORMAT": "text",
}


# What must not be seen may stand in a file instead, named by the same setting with this behind.
FROM_FILES: Final = ("BOT_TOKEN", "BOT_WEBHOOK_SECRET")
FILE: Final = "_FILE"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a setting, and what to do about it."""

    setting: str
    fault: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.setting} {self.fault}\n  {self.remedy}"


class SettingsError(Exception):
    """The settings cannot be used; `faults` holds everything that is wrong with them."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where Telegram delivers updates, where the bot listens for them, and what proves them."""

    url: str
    host: str
    port: int
    secret: Secret


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set, checked.

    `allowed_users` keeps the order, because the first one is the command line's default.
    `draft_at` is in the canonical words of `WeeklyTime`. `warnings` do not keep the bot from
    running; they are for the log.
    """

    token: Secret | None
    allowed_users: tuple[int, ...]
    data_dir: Path
    zone: ZoneInfo
    language: Language
    draft_at: str
    api_url: str
    webhook: Webhook | None
    log_level: str
    log_as_json: bool = False
    health: tuple[str, int] | None = None
    metrics: tuple[str, int] | None = None
    supervision: Supervision | None = None
    warnings: tuple[Fault, ...] = ()

    @property
    def database(self) -> Path:
        """The file of the database."""
        return self.data_dir / "weeknotes.db"

    @property
    def pictures(self) -> Path:
        """The folder of the pictures and other files."""
        return self.data_dir / "pictures"

    def secrets(self) -> tuple[str, ...]:
        """What no log, message or reply may show."""
        webhook = None if self.webhook is None else self.webhook.secret
        return tuple(secret.reveal() for secret in (self.token, webhook) if secret is not None)
