"""Settings from the environment and `.env`: all faults at once, each with its remedy."""

from bot.config.loading import load_settings
from bot.config.settings import SETTINGS, Fault, Language, Settings, SettingsError, Webhook

__all__ = [
    "SETTINGS",
    "Fault",
    "Language",
    "Settings",
    "SettingsError",
    "Webhook",
    "load_settings",
]
