from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from shared.config import Settings, SettingsInvalid, default_settings, described, read_settings
from shared.variables import VARIABLES


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in VARIABLES.values():
        monkeypatch.delenv(variable.name, raising=False)
        monkeypatch.delenv(f"{variable.name}_FILE", raising=False)


def test_every_setting_has_a_variable_with_a_meaning_in_both_languages() -> None:
    assert {field.name for field in fields(Settings)} == set(VARIABLES)
    assert all(variable.meaning.zh and variable.meaning.en for variable in VARIABLES.values())


def test_defaults_are_usable() -> None:
    assert read_settings() == default_settings()


def test_secrets_come_from_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("s" * 40 + "\n")
    monkeypatch.setenv("DIAOXUN_SECRET_FILE", str(tmp_path / "secret"))
    assert read_settings().secrets == ("s" * 40,)


def test_every_problem_is_named_at_once_and_no_secret_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIAOXUN_SECRET", "tooshort")
    monkeypatch.setenv("DIAOXUN_WORKERS", "many")
    monkeypatch.setenv("DIAOXUN_CLOCK", "sundial")
    monkeypatch.setenv("MONGODB_URI", "http://wrong")
    with pytest.raises(SettingsInvalid) as caught:
        read_settings()
    said = str(caught.value)
    for name in ("DIAOXUN_SECRET", "DIAOXUN_WORKERS", "DIAOXUN_CLOCK", "MONGODB_URI"):
        assert name in said
    assert "tooshort" not in said
    assert len(caught.value.details["problems"]) == 4


def test_prefetch_below_workers_is_refused() -> None:
    with pytest.raises(SettingsInvalid, match="stay idle"):
        default_settings(prefetch=1, workers=5)


def test_a_description_shows_no_secret_and_no_password() -> None:
    settings = default_settings(secrets=("x" * 40,), field_keys="k1:abc", amqp_uri="amqp://u:pa55word@h/")
    text = str(described(settings))
    assert "x" * 40 not in text
    assert "k1:abc" not in text
    assert "pa55word" not in text
    assert "amqp://u:•••@h/" in text
