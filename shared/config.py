"""Settings from the environment: one typed, frozen object, every variable with its default and its meaning."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from environs import EnvError, FileAwareEnv

from shared.errors import Fault
from shared.variables import VARIABLES, Variable
from shared.wording import Words

# P25: RabbitMQ 3.10 closes the channel of a delivery that stays unacknowledged for 30 minutes.
BROKER_ACK_TIMEOUT = 1800.0


class SettingsInvalid(Fault):
    """The environment does not hold usable settings; ``details["problems"]`` lists them all."""

    code = "settings-invalid"
    status = 500
    title = Words("环境设置有误", "Invalid settings")


@dataclass(frozen=True)
class Settings:
    """Everything a process is told from outside. Names, defaults and meanings: ``shared.variables.VARIABLES``.

    Secrets may come from files: ``DIAOXUN_SECRET_FILE=/run/secrets/…`` stands for ``DIAOXUN_SECRET``, and so for
    every variable. Durations are in seconds.
    """

    amqp_uri: str
    mongodb_uri: str
    secrets: tuple[str, ...]
    field_keys: str
    signing_keys: str
    database_prefix: str
    var: Path
    workers: int
    prefetch: int
    http_host: str
    http_port: int
    public_url: str
    side_host: str
    side_port: int
    clock: str
    clock_start: str
    disabled_plugins: tuple[str, ...]
    image: str
    log_level: str
    log_format: str
    otlp_url: str
    stop_seconds: float
    start_seconds: float
    handler_seconds: float
    relay_seconds: float
    offload_threads: int
    blocking_seconds: float
    loop_dead_seconds: float

    @property
    def plugin_settings_path(self) -> Path:
        """The file with the operator's decisions about plugins."""
        return self.var / "settings" / "plugins.json"

    @property
    def clock_path(self) -> Path:
        """The file in which processes with a settable clock agree on the time."""
        return self.var / "settings" / "clock.json"


def read_settings() -> Settings:
    """Return the settings of this process's environment. Raises ``SettingsInvalid`` naming every problem."""
    env = FileAwareEnv()
    problems: list[Words] = []
    values: dict[str, Any] = {}
    for field in fields(Settings):
        variable = VARIABLES[field.name]
        try:
            values[field.name] = _read(env, variable)
        except (EnvError, ValueError) as error:
            problems.append(variable.complaint(str(error.__cause__ or error)))
    _refuse(problems or _contradictions(values))
    return Settings(**values)


def default_settings(**given: Any) -> Settings:
    """Return the defaults with some values given, whatever the environment says: for tests and the embedded stack."""
    values = {
        field.name: _accepted(VARIABLES[field.name], VARIABLES[field.name].default) for field in fields(Settings)
    } | given
    _refuse(_contradictions(values))
    return Settings(**values)


def _refuse(problems: list[Words]) -> None:
    if problems:
        raise SettingsInvalid(
            "环境设置有误：" + "；".join(each.zh for each in problems),
            "the settings are wrong: " + "; ".join(each.en for each in problems),
            problems=[each.to_wire() for each in problems],
        )


def described(settings: Settings) -> list[dict[str, str]]:
    """Return name, value and meaning of every setting; secrets and passwords are masked."""
    rows = []
    for field in fields(Settings):
        variable = VARIABLES[field.name]
        value = getattr(settings, field.name)
        text = ",".join(value) if isinstance(value, tuple) else str(value)
        if variable.secret:
            text = f"••• ({len(text)} characters)" if text else ""
        rows.append(
            {
                "name": variable.name,
                "value": without_password(text),
                "zh": variable.meaning.zh,
                "en": variable.meaning.en,
            }
        )
    return rows


def without_password(text: str) -> str:
    """Return an address with its password masked; other text is returned as it is."""
    if "://" not in text:
        return text
    try:
        parts = urlsplit(text)
    except ValueError:
        return "•••"
    if not parts.password:
        return text
    return urlunsplit(parts._replace(netloc=parts.netloc.replace(f":{parts.password}@", ":•••@", 1)))


def _read(env: FileAwareEnv, variable: Variable) -> Any:
    reader: Callable[..., Any] = getattr(env, variable.reader)
    return _accepted(variable, reader(variable.name, variable.default))


def _accepted(variable: Variable, value: Any) -> Any:
    if isinstance(value, list):
        value = tuple(item.strip() for item in value if item.strip())
    if variable.make is not None:
        value = variable.make(value)
    if variable.allowed is not None and not variable.allowed(value):
        raise ValueError("•••" if variable.secret else repr(value))
    return value


def _contradictions(values: Mapping[str, Any]) -> list[Words]:
    found = []
    if values["prefetch"] < values["workers"]:
        found.append(
            Words(
                f"DIAOXUN_PREFETCH（{values['prefetch']}）不应小于 DIAOXUN_WORKERS（{values['workers']}）",
                f"DIAOXUN_PREFETCH ({values['prefetch']}) must not be below DIAOXUN_WORKERS ({values['workers']}), "
                "or workers stay idle",
            )
        )
    if values["handler_seconds"] >= BROKER_ACK_TIMEOUT:
        found.append(
            Words(
                f"DIAOXUN_HANDLER_SECONDS 须小于消息队列的确认时限 {BROKER_ACK_TIMEOUT:.0f} 秒",
                f"DIAOXUN_HANDLER_SECONDS must stay below the broker's acknowledgement limit of "
                f"{BROKER_ACK_TIMEOUT:.0f} s (P25): split long work into a job",
            )
        )
    return found
