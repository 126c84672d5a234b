"""The environment variables Diaoxun reads: name, default, meaning, and what values are allowed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shared.wording import Words


@dataclass(frozen=True)
class Variable:
    """One variable. ``reader`` is the environs method; ``make`` converts, ``allowed`` accepts the read value."""

    name: str
    default: Any
    meaning: Words
    reader: str = "str"
    make: Callable[[Any], Any] | None = None
    allowed: Callable[[Any], bool] | None = None
    secret: bool = False

    def complaint(self, problem: str) -> Words:
        """Return the words for a value that cannot be used."""
        return Words(
            f"{self.name} 的值不可用（{problem}）：应为{self.meaning.zh}",
            f"{self.name} cannot be used ({problem}): it is {self.meaning.en}",
        )


def _positive(value: float) -> bool:
    return value > 0


def _not_negative(value: float) -> bool:
    return value >= 0


def _port(value: int) -> bool:
    return 0 <= value <= 65535


def _one_of(*words: str) -> Callable[[str], bool]:
    return lambda value: value in words


VARIABLES: dict[str, Variable] = {
    "amqp_uri": Variable(
        "AMQP_URI",
        "amqp://guest:guest@127.0.0.1:5672/",
        Words("消息队列地址", "the broker's address"),
        allowed=lambda uri: "://" in uri,
    ),
    "mongodb_uri": Variable(
        "MONGODB_URI",
        "mongodb://127.0.0.1:27017/?replicaSet=rs0",
        Words("数据库地址", "the database's address"),
        allowed=lambda uri: uri.startswith(("mongodb://", "mongodb+srv://")),
    ),
    "secrets": Variable(
        "DIAOXUN_SECRET",
        [],
        Words(
            "签发调用者令牌的密钥，至少 32 个字符，轮换时用逗号分隔，首个用于签发",
            "the secret that signs caller tokens, at least 32 characters; several, separated by commas, "
            "while rotating: the first signs",
        ),
        reader="list",
        allowed=lambda secrets: all(len(secret) >= 32 for secret in secrets),
        secret=True,
    ),
    "field_keys": Variable(
        "DIAOXUN_FIELD_KEYS",
        "",
        Words("个人信息字段加密密钥", "the keys that encrypt personal fields"),
        secret=True,
    ),
    "signing_keys": Variable(
        "DIAOXUN_SIGNING_KEYS",
        "",
        Words("证书签名密钥（Ed25519），只有函件服务需要", "keys that sign certificates, for notification alone"),
        secret=True,
    ),
    "database_prefix": Variable(
        "DIAOXUN_DATABASE_PREFIX", "diaoxun_", Words("数据库名前缀", "the prefix of database names")
    ),
    "var": Variable("DIAOXUN_VAR", "var", Words("数据目录", "the data directory"), make=Path),
    "workers": Variable(
        "DIAOXUN_WORKERS",
        10,
        Words("每个服务同时处理的消息数", "how many messages a service works on at once"),
        reader="int",
        allowed=_positive,
    ),
    "prefetch": Variable(
        "DIAOXUN_PREFETCH",
        20,
        Words("每个消费者预取的消息数", "how many messages a consumer holds unacknowledged"),
        reader="int",
        allowed=_positive,
    ),
    "http_host": Variable("DIAOXUN_HTTP_HOST", "127.0.0.1", Words("网关监听地址", "the gateway's address")),
    "http_port": Variable(
        "DIAOXUN_HTTP_PORT", 8000, Words("网关端口", "the gateway's port"), reader="int", allowed=_port
    ),
    "public_url": Variable(
        "DIAOXUN_PUBLIC_URL",
        "http://127.0.0.1:8700",
        Words("网关对外地址，写入个人链接与证书", "the gateway's address as people reach it; it goes into links"),
        make=lambda url: url.rstrip("/"),
        allowed=lambda url: url.startswith(("http://", "https://")),
    ),
    "side_host": Variable("DIAOXUN_SIDE_HOST", "127.0.0.1", Words("探针监听地址", "the address of the probes")),
    "side_port": Variable(
        "DIAOXUN_SIDE_PORT",
        9100,
        Words("探针与指标端口，0 表示任选", "the port of probes and metrics, 0 for any free one"),
        reader="int",
        allowed=_port,
    ),
    "clock": Variable(
        "DIAOXUN_CLOCK",
        "system",
        Words("时钟：system 或 settable", "the clock: system or settable"),
        allowed=_one_of("system", "settable"),
    ),
    "clock_start": Variable(
        "DIAOXUN_CLOCK_START",
        "",
        Words("可调时钟的起始时刻（ISO 8601，含时区）", "where a settable clock starts (ISO 8601 with zone)"),
    ),
    "disabled_plugins": Variable(
        "DIAOXUN_DISABLED_PLUGINS",
        [],
        Words("停用的插件，逗号分隔", "plugins switched off, separated by commas"),
        reader="list",
    ),
    "image": Variable(
        "DIAOXUN_SERVICE",
        "",
        Words("镜像所含的服务，空为全部依赖齐备", "the service of this image, empty where everything is installed"),
    ),
    "log_level": Variable(
        "DIAOXUN_LOG_LEVEL",
        "INFO",
        Words("日志级别：DEBUG、INFO、WARNING 或 ERROR", "the log level: DEBUG, INFO, WARNING or ERROR"),
        make=str.upper,
        allowed=_one_of("DEBUG", "INFO", "WARNING", "ERROR"),
    ),
    "log_format": Variable(
        "DIAOXUN_LOG_FORMAT",
        "json",
        Words("日志格式：json 或 console", "the log format: json or console"),
        allowed=_one_of("json", "console"),
    ),
    "otlp_url": Variable(
        "DIAOXUN_OTLP_URL",
        "",
        Words("调用链接收地址（OTLP/HTTP），空为不发送", "where spans go (OTLP over HTTP), empty: nowhere"),
        allowed=lambda url: not url or url.startswith(("http://", "https://")),
    ),
    "stop_seconds": Variable(
        "DIAOXUN_STOP_SECONDS",
        25.0,
        Words(
            "停止的最长时间（秒），须小于编排系统的宽限期", "the limit of a stop in s, below the orchestrator's grace"
        ),
        reader="float",
        allowed=_positive,
    ),
    "start_seconds": Variable(
        "DIAOXUN_START_SECONDS",
        0.0,
        Words(
            "启动时等待队列与数据库的最长时间（秒），0 为不限",
            "how long to wait for broker and database in s, 0: for ever",
        ),
        reader="float",
        allowed=_not_negative,
    ),
    "handler_seconds": Variable(
        "DIAOXUN_HANDLER_SECONDS",
        300.0,
        Words("单条消息的处理时限（秒）", "the limit of one message's handling in s"),
        reader="float",
        allowed=_positive,
    ),
    "relay_seconds": Variable(
        "DIAOXUN_RELAY_SECONDS",
        1.0,
        Words("发件箱轮询间隔（秒）", "the poll interval of the outbox relay in s"),
        reader="float",
        allowed=_positive,
    ),
    "offload_threads": Variable(
        "DIAOXUN_OFFLOAD_THREADS",
        2,
        Words("同时进行的重计算数", "how many heavy computations run at once"),
        reader="int",
        allowed=_positive,
    ),
    "blocking_seconds": Variable(
        "DIAOXUN_BLOCKING_SECONDS",
        1.0,
        Words("主循环阻塞超过该秒数即告警，0 为不检测", "report a loop blocked for longer than this in s, 0: never"),
        reader="float",
        allowed=_not_negative,
    ),
    "loop_dead_seconds": Variable(
        "DIAOXUN_LOOP_DEAD_SECONDS",
        30.0,
        Words(
            "主循环停住超过该秒数，进程即自行退出、由平台重启（退出码70）",
            "a process whose loop stands still for so long ends itself, to be started again, in s (exit code 70)",
        ),
        reader="float",
        allowed=_positive,
    ),
}
