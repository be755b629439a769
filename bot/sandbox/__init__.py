"""A stand-in for Telegram on this machine: a Bot API server and the people who use it."""

from bot.sandbox.server import Sandbox

__all__ = ["Sandbox"]
