"""The table of commands.

A command imports what it needs when it is called, which keeps the start short.
"""

from __future__ import annotations

from typing import Final

import typer

from bot.cli.keeping import backup, doctor, restore
from bot.cli.reports import configure, export_reports, import_reports, report
from bot.cli.running import run
from bot.cli.trying import sandbox

__all__ = ["cli"]

cli: Final = typer.Typer(
    name="weeknotes",
    help="Message a Telegram bot all week; get the finished Markdown report on Sunday.",
    no_args_is_help=True,
    add_completion=False,
    # A traceback drawn by the library would show what the log takes care to hide.
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
# In the order in which `--help` lists them.
cli.command("run")(run)
cli.command("sandbox")(sandbox)
cli.command("report", context_settings={"ignore_unknown_options": True})(report)
cli.command("import")(import_reports)
cli.command("export")(export_reports)
cli.command("configure")(configure)
cli.command("backup")(backup)
cli.command("restore")(restore)
cli.command("doctor")(doctor)
