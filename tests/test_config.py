"""Settings: what they come to, and what is said when they are wrong."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.masking import Secret
from bot.config import SETTINGS, Settings, SettingsError, Webhook, load_settings
from bot.config.supervision import Supervision

TOKEN = "123456789:AAExAmPlE_tokenTOKEN-tokenTOKEN12345"  # noqa: S105 -- made up
WEBHOOK = {
    "BOT_WEBHOOK_URL": "https://weeknotes.example/hook/",
    "BOT_WEBHOOK_LISTEN": "127.0.0.1:8080",
    "BOT_WEBHOOK_SECRET": "a-long_Word-42",
}


def load(**environ: str) -> Settings:
    """The settings of an environment with UTC as its zone, without a file."""
    return load_settings({"BOT_TIMEZONE": "UTC"} | environ, None)


def faults(environ: Mapping[str, str], env_file: Path | None = None) -> dict[str, str]:
    """What is wrong with each setting, the remedy included."""
    with pytest.raises(SettingsError) as raised:
        load_settings({"BOT_TIMEZONE": "UTC"} | dict(environ), env_file, require_token=True)
    told = {fault.setting: f"{fault.fault}: {fault.remedy}" for fault in raised.value.faults}
    assert len(told) == len(raised.value.faults)
    for fault in raised.value.faults:
        assert str(fault) in str(raised.value)
    return told


def test_defaults() -> None:
    """Without any setting the contract's defaults apply, and a token is not needed."""
    assert load() == Settings(
        token=None,
        allowed_users=(),
        data_dir=Path("data"),
        zone=ZoneInfo("UTC"),
        language="zh",
        draft_at="sun 20:00",
        api_url="https://api.telegram.org",
        webhook=None,
        log_level="info",
    )


def test_everything_set() -> None:
    """Every setting reaches its field."""
    settings = load(
        BOT_TOKEN=TOKEN,
        BOT_ALLOWED_USERS="42, 7，42",
        BOT_DATA_DIR="elsewhere",
        BOT_TIMEZONE="Asia/Shanghai",
        BOT_LANGUAGE="EN",
        BOT_DRAFT_AT="周五 18:00",
        BOT_LOG_LEVEL="DEBUG",
        **WEBHOOK,
    )
    assert settings.token == Secret(TOKEN)
    assert settings.allowed_users == (42, 7)
    assert settings.data_dir == Path("elsewhere")
    assert settings.zone == ZoneInfo("Asia/Shanghai")
    assert (settings.language, settings.draft_at) == ("en", "fri 18:00")
    assert settings.log_level == "debug"
    assert settings.webhook == Webhook(
        "https://weeknotes.example/hook", "127.0.0.1", 8080, Secret("a-long_Word-42")
    )
    assert settings.secrets() == (TOKEN, "a-long_Word-42")


def test_environment_wins_over_the_file(tmp_path: Path) -> None:
    """The file counts where the environment has nothing; an empty value is nothing."""
    env_file = tmp_path / ".env"
    env_file.write_text(
        '\ufeff# settings\nBOT_LANGUAGE=en\nBOT_DRAFT_AT="fri 18:00"\nBOT_LOG_LEVEL=error\n'
        "export BOT_TIMEZONE=Europe/Berlin\nBOT_DATA_DIR=\nBOT_TOKEN\nOTHER=1\n",
        encoding="utf-8",
    )
    settings = load_settings({"BOT_LANGUAGE": "zh", "BOT_LOG_LEVEL": " "}, env_file)
    assert settings.language == "zh"
    assert settings.log_level == "error"
    assert settings.draft_at == "fri 18:00"
    assert settings.zone == ZoneInfo("Europe/Berlin")
    assert settings.data_dir == Path("data")
    assert settings.token is None
    assert settings.warnings == ()


def test_dollars_in_the_file_stay(tmp_path: Path) -> None:
    """Nothing in the file is interpolated."""
    env_file = tmp_path / ".env"
    env_file.write_text("BOT_DATA_DIR=a${HOME}b\n", encoding="utf-8")
    settings = load_settings({"BOT_TIMEZONE": "UTC"}, env_file)
    assert settings.data_dir == Path("a${HOME}b")


def test_file_that_is_not_there(tmp_path: Path) -> None:
    """No file is no fault."""
    assert load_settings({"BOT_TIMEZONE": "UTC"}, tmp_path / ".env") == load()


def test_file_that_cannot_be_read(tmp_path: Path) -> None:
    """A folder in the file's place and other encodings than UTF-8 are faults of the file."""
    folder = tmp_path / ".env"
    folder.mkdir()
    assert "directory" in faults({"BOT_TOKEN": TOKEN}, folder)[".env"]
    utf_16 = tmp_path / "wide.env"
    utf_16.write_text("BOT_LANGUAGE=en", encoding="utf-16")
    assert "UTF-8" in faults({"BOT_TOKEN": TOKEN}, utf_16)["wide.env"]


def test_unknown_name_in_the_file_is_a_warning(tmp_path: Path) -> None:
    """A name nobody reads is told with the one it may have meant, and does not stop the bot."""
    env_file = tmp_path / ".env"
    env_file.write_text("BOT_TOKNE=1\nBOT_ZZZ=2\n", encoding="utf-8")
    meant, strange = load_settings({"BOT_TIMEZONE": "UTC"}, env_file).warnings
    assert meant.setting == "BOT_TOKNE"
    assert "BOT_TOKEN" in meant.remedy
    assert strange.setting == "BOT_ZZZ"
    assert ".env.example" in strange.remedy


def test_all_faults_at_once(tmp_path: Path) -> None:
    """Every faulty setting is named in one error, and each has a remedy."""
    file = tmp_path / "file"
    file.touch()
    wrong = {
        "BOT_ALLOWED_USERS": "42, @somebody, -100123",
        "BOT_DATA_DIR": str(file),
        "BOT_TIMEZONE": "asia/shangai",
        "BOT_LANGUAGE": "fr",
        "BOT_DRAFT_AT": "noon",
        "BOT_API_URL": "api.telegram.org",
        "BOT_WEBHOOK_URL": "weeknotes.example",
        "BOT_WEBHOOK_LISTEN": "8080",
        "BOT_WEBHOOK_SECRET": "two words",
        "BOT_WEBHOOK_SECRET_FILE": str(file),
        "BOT_HEALTH_LISTEN": "everywhere",
        "BOT_METRICS_LISTEN": "127.0.0.1",
        "BOT_LOG_LEVEL": "loud",
        "BOT_LOG_FORMAT": "xml",
    }
    told = faults(wrong)
    # With a file for it, the token itself would not be missing.
    assert told.keys() == SETTINGS.keys() - {"BOT_TOKEN_FILE"}
    assert "@BotFather" in told["BOT_TOKEN"]
    assert "'@somebody', '-100123'" in told["BOT_ALLOWED_USERS"]
    assert "Asia/Shanghai" in told["BOT_TIMEZONE"]
    assert "sun 20:00" in told["BOT_DRAFT_AT"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_TOKEN", "token"),
        ("BOT_TOKEN", "123456789:short"),
        ("BOT_TOKEN", f"{TOKEN}/x"),
        ("BOT_ALLOWED_USERS", "0"),
        ("BOT_ALLOWED_USERS", "9" * 5000),
        ("BOT_ALLOWED_USERS", str(2**52)),
        ("BOT_TIMEZONE", "Asia"),
        ("BOT_TIMEZONE", "../etc/passwd"),
        ("BOT_TIMEZONE", "+08:00"),
        ("BOT_DATA_DIR", "x" * 300),
        ("BOT_DATA_DIR", "~nobody-by-that-name/data"),
        ("BOT_API_URL", "ftp://example.org"),
        ("BOT_API_URL", "https://"),
        ("BOT_API_URL", "https://[::1"),
        ("BOT_API_URL", "https://example.org:port"),
        ("BOT_API_URL", "https://me:pass@example.org"),
        ("BOT_API_URL", "https://example.org/?a=b"),
        ("BOT_API_URL", "https://exa mple.org"),
    ],
)
def test_faulty_values(name: str, value: str) -> None:
    """A value that cannot be used is a fault of its setting and of no other."""
    assert faults({"BOT_TOKEN": TOKEN, name: value}).keys() == {name}


def test_folder_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the data would go must be writable, though it need not exist yet."""
    monkeypatch.setattr(os, "access", lambda *_: False)  # file modes do not bind root
    told = faults({"BOT_TOKEN": TOKEN, "BOT_DATA_DIR": str(tmp_path / "new" / "data")})
    assert f"{tmp_path} is not writable" in told["BOT_DATA_DIR"]


def test_another_server_gives_its_own_tokens() -> None:
    """A stand-in's token may be short; Telegram's may not."""
    short = "42:stand-in"
    settings = load(BOT_TOKEN=short, BOT_API_URL="http://127.0.0.1:8081/")
    assert settings.token == Secret(short)
    assert settings.api_url == "http://127.0.0.1:8081"
    assert faults({"BOT_TOKEN": short}).keys() == {"BOT_TOKEN"}


@pytest.mark.parametrize("name", WEBHOOK)
def test_webhook_is_whole_or_absent(name: str) -> None:
    """One setting of the webhook without the others is a fault of the others."""
    assert faults({"BOT_TOKEN": TOKEN, name: WEBHOOK[name]}).keys() == WEBHOOK.keys() - {name}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_WEBHOOK_URL", "http://weeknotes.example/hook"),
        ("BOT_WEBHOOK_URL", "https://weeknotes.example:8080/hook"),
        ("BOT_WEBHOOK_LISTEN", "127.0.0.1:0"),
        ("BOT_WEBHOOK_LISTEN", "127.0.0.1:65536"),
        ("BOT_WEBHOOK_LISTEN", "::1:8080"),
        ("BOT_WEBHOOK_SECRET", "x" * 257),
    ],
)
def test_webhooks_telegram_would_refuse(name: str, value: str) -> None:
    """What Telegram's server refuses, or nobody can listen at, is a fault."""
    assert faults(WEBHOOK | {"BOT_TOKEN": TOKEN, name: value}).keys() == {name}


def test_own_server_may_deliver_anywhere() -> None:
    """A Bot API server of one's own delivers over http and to any port."""
    own = {"BOT_WEBHOOK_URL": "http://127.0.0.1:9000", "BOT_WEBHOOK_LISTEN": "[::1]:9000"}
    settings = load(BOT_API_URL="http://127.0.0.1:8081", **(WEBHOOK | own))
    secret = Secret(WEBHOOK["BOT_WEBHOOK_SECRET"])
    assert settings.webhook == Webhook("http://127.0.0.1:9000", "::1", 9000, secret)


@pytest.mark.parametrize("name", sorted(SETTINGS.keys() - {"BOT_TOKEN", "BOT_DATA_DIR"}))
def test_token_in_the_wrong_line_is_not_shown(name: str) -> None:
    """A token that was put into another setting does not appear in the error."""
    with pytest.raises(SettingsError) as raised:
        load(**{name: TOKEN})
    assert TOKEN.partition(":")[2] not in str(raised.value)


def test_settings_do_not_show_their_secrets() -> None:
    """Neither the representation nor a copy as a dictionary shows a secret."""
    settings = load(BOT_TOKEN=TOKEN, **WEBHOOK)
    for text in (repr(settings), str(settings.token), f"{settings.token}", f"{settings.token!r}"):
        assert TOKEN not in text
        assert WEBHOOK["BOT_WEBHOOK_SECRET"] not in text
    assert TOKEN not in str(dataclasses.asdict(settings))
    assert settings.token is not None
    assert settings.token.reveal() == TOKEN


@pytest.mark.parametrize(
    ("name", "said"),
    [("Asia/Shanghai", 0), (None, 1), ("No/Where", 1)],
)
def test_system_zone(monkeypatch: pytest.MonkeyPatch, name: str | None, said: int) -> None:
    """Without a setting the system's zone counts; where it has no name, UTC, with a warning."""
    monkeypatch.setattr("tzlocal.get_localzone_name", lambda: name)
    settings = load_settings({}, None)
    assert settings.zone.key == ("UTC" if said else name)
    assert [warning.setting for warning in settings.warnings] == ["BOT_TIMEZONE"] * said


@given(st.dictionaries(st.sampled_from(list(SETTINGS)), st.text(max_size=30)))
def test_any_text_is_a_setting_or_a_fault(environ: dict[str, str]) -> None:
    """No environment makes loading fail in another way than by its faults."""
    try:
        load_settings({"BOT_TIMEZONE": "UTC"} | environ, None)
    except SettingsError as error:
        told = {fault.setting for fault in error.faults}
    else:
        told = set()
    # The webhook's settings are also blamed for each other.
    assert told <= {name for name, value in environ.items() if value.strip()} | WEBHOOK.keys()


def test_secrets_come_from_files(tmp_path: Path) -> None:
    """As Docker and systemd give them: one line each, blanks around it do not matter."""
    token, secret = tmp_path / "token", tmp_path / "secret"
    token.write_text(f"{TOKEN}\n", encoding="utf-8")
    secret.write_text(WEBHOOK["BOT_WEBHOOK_SECRET"], encoding="utf-8")
    files = {"BOT_TOKEN_FILE": str(token), "BOT_WEBHOOK_SECRET_FILE": str(secret)}
    webhook = {name: value for name, value in WEBHOOK.items() if name != "BOT_WEBHOOK_SECRET"}
    assert load(**files, **webhook) == load(BOT_TOKEN=TOKEN, **WEBHOOK)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (None, "cannot be read (No such file or directory): name a file that the bot may read"),
        (b"", "names a file that is no single line: put BOT_TOKEN into it, alone"),
        (b"a\nb", "names a file that is no single line: put BOT_TOKEN into it, alone"),
        (b"x" * 5000, "names a file that is no single line: put BOT_TOKEN into it, alone"),
    ],
)
def test_files_of_secrets_that_are_none(tmp_path: Path, content: bytes | None, fault: str) -> None:
    """What is wrong is said without what is in them, and nothing else is missing then."""
    path = tmp_path / "token"
    if content is not None:
        path.write_bytes(content)
    assert faults({"BOT_TOKEN_FILE": str(path)}) == {"BOT_TOKEN_FILE": fault}
    assert faults({"BOT_TOKEN_FILE": str(tmp_path)}) == {
        "BOT_TOKEN_FILE": "cannot be read (Is a directory): name a file that the bot may read"
    }


def test_a_secret_in_two_places_is_a_fault(tmp_path: Path) -> None:
    """Nobody could say which one counts."""
    path = tmp_path / "token"
    path.write_text(TOKEN, encoding="utf-8")
    told = faults({"BOT_TOKEN": TOKEN, "BOT_TOKEN_FILE": str(path)})
    assert told == {"BOT_TOKEN_FILE": "is set, and so is BOT_TOKEN: leave one of them out"}


def test_a_file_may_hold_what_is_no_token(tmp_path: Path) -> None:
    """It is refused as if it stood in the setting itself, and not shown."""
    path = tmp_path / "token"
    path.write_text("not a token", encoding="utf-8")
    told = faults({"BOT_TOKEN_FILE": str(path)})
    assert told == {"BOT_TOKEN": "does not look like a token: copy it again from @BotFather"}


def test_the_log_is_text_or_json() -> None:
    """Anything else is a fault."""
    assert load(BOT_LOG_FORMAT="JSON").log_as_json
    assert not load(BOT_LOG_FORMAT="text").log_as_json
    told = faults({"BOT_TOKEN": TOKEN, "BOT_LOG_FORMAT": "xml"})
    assert told == {"BOT_LOG_FORMAT": "is 'xml': write one of text, json"}


@pytest.mark.parametrize(
    ("environ", "asked"),
    [
        ({}, None),
        ({"NOTIFY_SOCKET": "vsock:2:1234"}, None),
        ({"NOTIFY_SOCKET": "/run/notify"}, Supervision("/run/notify", None)),
        ({"NOTIFY_SOCKET": "@a", "WATCHDOG_USEC": "1500000"}, Supervision("@a", 1.5)),
        ({"NOTIFY_SOCKET": "@a", "WATCHDOG_USEC": "soon"}, Supervision("@a", None)),
        (
            {"NOTIFY_SOCKET": "@a", "WATCHDOG_USEC": "1500000", "WATCHDOG_PID": "1"},
            Supervision("@a", None),
        ),
    ],
)
def test_what_a_service_manager_asks_for(
    environ: dict[str, str], asked: Supervision | None
) -> None:
    """Its address and its patience; a watchdog that is meant for another process is none."""
    assert load(**environ).supervision == asked
