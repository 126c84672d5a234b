"""What ``diaoxun doctor`` looks at; each look is one function that returns what it found."""

from __future__ import annotations

import importlib.util
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from ipaddress import ip_address
from typing import Any, Literal
from urllib.parse import urlsplit

from deploy.cli.installed import GATEWAY, open_store
from shared.config import Settings, without_password
from shared.errors import Fault
from shared.plugins import Registry, State
from shared.runtime.clocks import clock_from
from shared.runtime.directory import installed_contracts
from shared.runtime.provision import keyring_from, registry_from, signing_keys_from, tokens_from
from shared.wording import Words

CALENDAR_NOTICE_DAYS = 60


@dataclass(frozen=True)
class Symptom:
    """One finding: ``well``, ``notice`` (look at it some time) or ``trouble`` (it will not work)."""

    what: str
    state: Literal["well", "notice", "trouble"]
    finding: Words

    def to_wire(self) -> dict[str, Any]:
        """Return the finding as plain JSON."""
        return {"what": self.what, "state": self.state, **self.finding.to_wire()}


def examine(settings: Settings) -> list[Symptom]:
    """Look at everything. A look that breaks is itself a finding; the others go on."""
    registry = registry_from(settings)
    looks: list[tuple[str, Callable[[], Iterator[Symptom]]]] = [
        ("secrets", lambda: _secrets(settings)),
        ("var", lambda: _var(settings)),
        ("address", lambda: _address(settings)),
        ("plugins", lambda: _plugins(registry)),
        ("clock", lambda: _clock(settings)),
        ("calendar", lambda: _calendar(settings)),
        ("fonts", _fonts),
        ("broker", lambda: _broker(settings, registry)),
        ("database", lambda: _databases(settings, registry)),
    ]
    return [symptom for what, look in looks for symptom in _safely(what, look)]


def _safely(what: str, look: Callable[[], Iterator[Symptom]]) -> Iterator[Symptom]:
    try:
        yield from look()
    except Fault as fault:
        yield Symptom(what, "trouble", fault.message)
    except Exception as error:
        text = f"{type(error).__name__}: {error}"[:300]
        yield Symptom(what, "trouble", Words(f"检查未能完成：{text}", f"the look broke off: {text}"))


def _secrets(settings: Settings) -> Iterator[Symptom]:
    tokens_from(settings)
    yield Symptom("secrets", "well", Words("令牌密钥可用", "the caller secret is usable"))
    current = keyring_from(settings).current
    yield Symptom(
        "secrets", "well", Words(f"字段密钥可用，当前为 {current}", f"field keys are usable, {current} seals")
    )

    if not settings.signing_keys:
        words = Words(
            "未设置 DIAOXUN_SIGNING_KEYS：函件服务不能签发结业证书，其他服务不需要",
            "DIAOXUN_SIGNING_KEYS is not set: notification cannot sign certificates; no other service needs it",
        )
        yield Symptom("secrets", "notice", words)
        return
    signs = signing_keys_from(settings).current
    yield Symptom("secrets", "well", Words(f"证书签名密钥可用，当前为 {signs}", f"signing keys work, {signs} signs"))


def _var(settings: Settings) -> Iterator[Symptom]:
    try:
        settings.var.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=settings.var):
            pass
    except OSError as error:
        yield Symptom(
            "var",
            "trouble",
            Words(
                f"数据目录 {settings.var} 不可写（{error.strerror}），请更改权限或 DIAOXUN_VAR",
                f"the data directory {settings.var} cannot be written ({error.strerror}); change it or DIAOXUN_VAR",
            ),
        )
        return
    yield Symptom(
        "var", "well", Words(f"数据目录 {settings.var} 可写", f"the data directory {settings.var} is writable")
    )


def _address(settings: Settings) -> Iterator[Symptom]:
    from shared.messaging.transport import EMBEDDED_SCHEME

    url = settings.public_url
    if _is_of_this_machine(url) and not settings.amqp_uri.startswith(EMBEDDED_SCHEME):
        words = Words(
            f"对外地址 {url} 只在本机有效，写入个人链接与证书二维码后不能再改；"
            "正式运行请先将 DIAOXUN_PUBLIC_URL 设为人们访问网关的地址",
            f"the public address {url} is this machine's own, and goes into personal links and certificates for good: "
            "set DIAOXUN_PUBLIC_URL to the address at which people reach the gateway",
        )
        yield Symptom("address", "notice", words)
    else:
        yield Symptom("address", "well", Words(f"对外地址为 {url}", f"people reach the gateway at {url}"))


def _is_of_this_machine(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        address = ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
    return address.is_loopback or address.is_unspecified


def _plugins(registry: Registry) -> Iterator[Symptom]:
    for plugin in registry:
        if plugin.state is State.FAILED and plugin.reason:
            yield Symptom(f"plugin {plugin.key}", "trouble", plugin.reason)
        elif plugin.state is State.DISABLED and plugin.reason:
            yield Symptom(f"plugin {plugin.key}", "notice", plugin.reason)
    usable = sum(plugin.usable for plugin in registry)
    yield Symptom("plugins", "well", Words(f"{usable} 个插件可用", f"{usable} plugins are usable"))


def _clock(settings: Settings) -> Iterator[Symptom]:
    now = clock_from(settings).now().isoformat(timespec="seconds")
    if settings.clock == "settable":
        words = Words(f"使用可调时钟，当前 {now}；正式运行请用 system", f"the clock is settable and says {now}")
        yield Symptom("clock", "notice", words)
    else:
        yield Symptom("clock", "well", Words(f"系统时钟，当前 {now}", f"the machine's clock, {now}"))


def _calendar(settings: Settings) -> Iterator[Symptom]:
    from shared.calendar import LAST_YEAR

    end = date(LAST_YEAR, 12, 31)
    left = (end - clock_from(settings).today()).days
    zh, en = f"节假日表至 {end}", f"the calendar table ends on {end}"
    if left < 0:
        advice = Words(f"{zh}，已过期，请升级 chinesecalendar", f"{en}, which is over: upgrade chinesecalendar")
        yield Symptom("calendar", "trouble", advice)
    elif left <= CALENDAR_NOTICE_DAYS:
        advice = Words(
            f"{zh}，仅余 {left} 天，请升级 chinesecalendar", f"{en}, in {left} days: upgrade chinesecalendar"
        )
        yield Symptom("calendar", "notice", advice)
    else:
        yield Symptom("calendar", "well", Words(zh, en))


def _fonts() -> Iterator[Symptom]:
    for module, meaning in (("pylopdf_fonts_zh_cn", "中文字体 / Chinese fonts"), ("typst", "排版 / typesetting")):
        if importlib.util.find_spec(module) is None:
            words = Words(
                f"缺少 {module}（{meaning}），函件无法生成 PDF：请安装 diaoxun[notification]",
                f"{module} ({meaning}) is missing, letters cannot become PDF: install diaoxun[notification]",
            )
            yield Symptom("fonts", "trouble", words)
        else:
            yield Symptom("fonts", "well", Words(f"{meaning}：已安装 {module}", f"{module} is installed"))


def _broker(settings: Settings, registry: Registry) -> Iterator[Symptom]:
    from shared.messaging import dlq, transport
    from shared.runtime.expectation import missing_queues

    address = without_password(settings.amqp_uri)
    try:
        with transport.connect(settings.amqp_uri, "doctor") as connection:
            connection.ensure_connection(max_retries=0, timeout=5)
            properties = getattr(connection.connection, "server_properties", None) or {}
            version = f"{properties.get('product', 'broker')} {properties.get('version', '')}".strip()
    except Exception as error:
        text = type(error).__name__
        words = Words(
            f"消息队列 {address} 连接不上（{text}），请检查 AMQP_URI 与其运行状态",
            f"the broker {address} cannot be reached ({text}); check AMQP_URI and whether it runs",
        )
        yield Symptom("broker", "trouble", words)
        return
    yield Symptom("broker", "well", Words(f"{address}：{version}", f"{address}: {version}"))
    contracts = installed_contracts(registry).contracts
    missing = missing_queues(contracts, settings.amqp_uri, [GATEWAY])
    if missing:
        listed = ", ".join(missing[:5]) + (" …" if len(missing) > 5 else "")
        words = Words(
            f"缺少 {len(missing)} 个队列（{listed}），请运行 diaoxun topology apply",
            f"{len(missing)} queues are missing ({listed}): run 'diaoxun topology apply'",
        )
        yield Symptom("topology", "trouble", words)
    else:
        yield Symptom("topology", "well", Words("队列齐全", "every queue is there"))
    for name in [*(contract.name for contract in contracts), GATEWAY]:
        depth = dlq.depth(settings.amqp_uri, name)
        if depth:
            words = Words(
                f"{name} 隔离区有 {depth} 条消息，请用 diaoxun dlq list {name} 查看",
                f"{depth} messages lie in the quarantine of {name}: 'diaoxun dlq list {name}'",
            )
            yield Symptom("quarantine", "notice", words)


def _databases(settings: Settings, registry: Registry) -> Iterator[Symptom]:
    for name in [*(plugin.slug for plugin in registry.of_kind("services")), GATEWAY]:
        store = open_store(name, settings, registry)
        try:
            lacking, wide = store.lacks(), store.wide()
        finally:
            store.close()
        if lacking:
            listed = ", ".join(lacking[:5]) + (" …" if len(lacking) > 5 else "")
            words = Words(
                f"{name} 缺少：{listed}；请运行 diaoxun migrate {name}",
                f"{name} lacks {listed}: run 'diaoxun migrate {name}'",
            )
            yield Symptom(f"database {name}", "trouble", words)
        else:
            words = Words(f"{name} 的数据库已就绪", f"the database of {name} is prepared")
            yield Symptom(f"database {name}", "well", words)
        if wide:
            words = Words(
                f"{name} 有 {len(wide)} 个集合仍接受其他版本的写入；旧版本全部停用后运行 diaoxun migrate --contract",
                f"{len(wide)} collections of {name} let in what other releases write: 'diaoxun migrate --contract'"
                " when none of them runs any more",
            )
            yield Symptom(f"validators {name}", "notice", words)
