"""All settings together."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.config import values
from bot.config.reading import Reader
from bot.config.settings import SETTINGS, Fault, Settings, SettingsError
from bot.config.supervision import read_supervision
from bot.config.webhook import parse_listen, read_webhook


def load_settings(
    environ: Mapping[str, str], env_file: Path | None, *, require_token: bool = False
) -> Settings:
    """The settings of the environment and, where it is silent, of the file if there is one.

    Raises SettingsError with all faults together.
    """
    reader = Reader(environ, env_file)
    api_url = reader.read("BOT_API_URL", values.parse_address, "")
    official = api_url == SETTINGS["BOT_API_URL"]
    parse_token = values.parse_token if official else values.parse_foreign_token
    if require_token and not reader.values["BOT_TOKEN"] and not reader.values["BOT_TOKEN_FILE"]:
        reader.add("BOT_TOKEN", "is not set", "get one from @BotFather and put it into .env")
    settings = Settings(
        token=reader.read("BOT_TOKEN", parse_token, None),
        allowed_users=reader.read("BOT_ALLOWED_USERS", values.parse_users, ()),
        data_dir=reader.read("BOT_DATA_DIR", values.parse_folder, Path()),
        zone=reader.read("BOT_TIMEZONE", values.parse_zone, None) or _system_zone(reader),
        language=reader.read("BOT_LANGUAGE", values.parse_language, "zh"),
        draft_at=reader.read("BOT_DRAFT_AT", values.parse_draft_at, ""),
        api_url=api_url,
        webhook=read_webhook(reader, official=official),
        log_level=reader.read("BOT_LOG_LEVEL", values.parse_log_level, ""),
        health=reader.read("BOT_HEALTH_LISTEN", parse_listen, None),
        metrics=reader.read("BOT_METRICS_LISTEN", parse_listen, None),
        supervision=read_supervision(environ),
        log_as_json=reader.read("BOT_LOG_FORMAT", values.parse_log_format, "") == "json",
        warnings=tuple(reader.warnings),
    )
    if reader.faults:
        raise SettingsError(tuple(reader.faults))
    return settings


def _system_zone(reader: Reader) -> ZoneInfo:
    """The system's zone by its name, because a journal keeps names; UTC where it tells none."""
    from tzlocal import get_localzone_name  # a set time zone need not spend the time

    try:
        if name := get_localzone_name():
            return ZoneInfo(name)
        cause = "the system does not name its own"
    except (KeyError, OSError, ValueError) as error:
        cause = f"the system's is unclear ({' '.join(str(error).split())})"
    reader.warnings.append(
        Fault(
            "BOT_TIMEZONE", f"is not set and {cause}, so it is UTC", "set it, to Asia/Shanghai say"
        )
    )
    return ZoneInfo("UTC")
