"""The files of `deploy` are safe by default and name nothing that is not there."""

from __future__ import annotations

import configparser
import json
import re
from typing import Any

import pytest
import yaml

from bot.cli.commands import cli
from bot.config import SETTINGS
from tests.deploy.dockerfile import ROOT, let_through, read_dockerfile
from tests.deploy.page import commands_under

_DEPLOY = ROOT / "deploy"
_FILES = ("Dockerfile", "compose.yaml", "weeknotes.service", "Caddyfile", "litestream.yml")
_PAGES = ("README.md", "README.zh.md")
_COMPOSE: dict[str, Any] = yaml.safe_load((_DEPLOY / "compose.yaml").read_text(encoding="utf-8"))


def _text(name: str) -> str:
    return (_DEPLOY / name).read_text(encoding="utf-8")


def test_the_image_runs_as_nobody_and_says_how_it_is() -> None:
    """A user by number, a check of health, and SIGTERM, which the bot knows."""
    last = read_dockerfile()[1][-1]
    user, _, group = last.all("USER")[0].partition(":")
    assert int(user) > 999
    assert int(group) > 999
    check = json.loads(last.all("HEALTHCHECK")[0].partition("CMD ")[2])
    compile(check[-1], "HEALTHCHECK", "exec")
    assert last.all("STOPSIGNAL") == ["SIGTERM"]
    words = json.loads(last.all("ENTRYPOINT")[0]) + json.loads(last.all("CMD")[0])
    assert words == ["weeknotes", "run"]


def test_the_image_takes_in_what_is_locked_and_nothing_else() -> None:
    """Packages come with their hashes, nothing from an address, no file that is kept back."""
    _, stages = read_dockerfile()
    runs = [run for stage in stages for run in stage.all("RUN")]
    for run in runs:
        for command in run.split(" && "):
            if "pip install" in command:
                assert "--require-hashes" in command or "--no-deps --offline" in command
            assert not re.search(r"https?://|\bcurl\b|\bwget\b", command)
    assert [stage.name for stage in stages if stage.all("ADD")] == []
    copied = [
        source
        for stage in stages
        for rest in stage.all("COPY")
        if not rest.startswith("--from=")
        for source in rest.split()[:-1]
    ]
    assert set(copied) <= let_through()
    assert [name for name in copied if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("name", sorted(_COMPOSE["services"]))
def test_every_service_is_confined(name: str) -> None:
    """Nothing can be written but volumes, no privilege is had but those named, memory ends."""
    service = _COMPOSE["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["restart"] == "unless-stopped"
    assert "mem_limit" in service
    assert "privileged" not in service
    assert name == "bot" or service["profiles"]


def test_the_bot_of_compose_is_that_of_the_image() -> None:
    """Its volume is where the image has its data, and it opens no port."""
    bot = _COMPOSE["services"]["bot"]
    assert bot["volumes"] == ["data:/data"]
    assert read_dockerfile()[1][-1].all("VOLUME") == ["/data"]
    assert "ports" not in bot
    assert (_DEPLOY / bot["build"]["context"] / bot["build"]["dockerfile"]).is_file()


@pytest.mark.parametrize("name", [*_FILES, *_PAGES])
def test_settings_that_are_named_exist(name: str) -> None:
    """Every `BOT_…` is a setting of the program."""
    assert set(re.findall(r"\bBOT_[A-Z_]+\b", _text(name))) - {"BOT_API_"} <= set(SETTINGS)


@pytest.mark.parametrize("name", _PAGES)
def test_commands_that_are_named_exist(name: str) -> None:
    """Every `weeknotes …` in a block of commands is a command of the program."""
    known = {one.name or one.callback.__name__ for one in cli.registered_commands if one.callback}
    blocks = "\n".join(re.findall(r"```sh\n(.*?)```", _text(name), re.DOTALL))
    named = set(re.findall(r"(?:bin/weeknotes|exec bot weeknotes|run --rm bot) ([a-z]+)", blocks))
    assert named
    assert named <= known


def test_both_pages_have_the_same_commands() -> None:
    """What is said differs by its language, what is typed does not."""
    english, chinese = (re.findall(r"```sh\n(.*?)```", _text(name), re.DOTALL) for name in _PAGES)
    assert english == chinese


@pytest.mark.parametrize(
    ("heading", "blocks"),
    [
        ("With systemd", 2),
        ("Backup and restore", 2),
        ("To another machine", 2),
        ("What is wrong", 1),
        ("A new version", 1),
    ],
)
def test_the_page_has_what_its_trial_runs(heading: str, blocks: int) -> None:
    """So many blocks of commands are under that heading, and none of them needs another's words."""
    found = commands_under(heading)
    assert len(found) == blocks
    for commands in found:
        asked = [one for one in commands if re.search(r"bin/weeknotes (backup|restore)", one)]
        assert not asked or commands[0].startswith("export BOT_DATA_DIR=")


def _unit() -> configparser.RawConfigParser:
    unit = configparser.RawConfigParser(strict=False)
    unit.optionxform = str  # type: ignore[assignment,method-assign]  # names have capitals
    unit.read_string(_text("weeknotes.service"))
    return unit


def test_the_unit_waits_for_the_bot_and_watches_it() -> None:
    """The program tells, the token is a credential, and faulty settings are not tried again."""
    service = _unit()["Service"]
    assert service["Type"] == "notify"
    assert int(service["WatchdogSec"]) > 0
    assert service["LoadCredential"].startswith("token:")
    assert service["DynamicUser"] == "yes"
    assert service["ProtectSystem"] == "strict"
    assert service["RestartPreventExitStatus"] == "2"
    assert "MemoryMax" in service
    assert "BOT_TOKEN_FILE=%d/token" in _text("weeknotes.service")


def test_caddy_lets_in_telegram_alone() -> None:
    """A POST on the path that the pages name; everything else is not found."""
    caddy = _text("Caddyfile")
    assert "method POST" in caddy
    assert "respond 404" in caddy
    path = re.search(r"path (/\S+)", caddy)
    assert path is not None
    for name in _PAGES:
        assert f"BOT_WEBHOOK_URL=https://notes.example{path[1]}" in _text(name)


def test_litestream_copies_the_database_of_the_bot() -> None:
    """What the bot has as its database, under the same user."""
    services = _COMPOSE["services"]
    data = services["bot"]["environment"]["BOT_DATA_DIR"]
    copied = services["litestream"]["environment"]["LITESTREAM_DATABASE"]
    assert copied == f"{data}/weeknotes.db"
    assert services["litestream"]["user"] == read_dockerfile()[1][-1].all("USER")[0]
    config = yaml.safe_load(_text("litestream.yml"))
    assert config["dbs"][0]["path"] == "${LITESTREAM_DATABASE}"
