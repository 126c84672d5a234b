"""What a running process checks about itself (P24), as health checks and gauges."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from shared.messaging import Relay, dlq
from shared.messaging.health import facts_of
from shared.messaging.hub import HubWatch
from shared.observability import metrics
from shared.observability.health import Finding, HealthChecks
from shared.plugins import Registry, State
from shared.storage import Store
from shared.wording import Words

LOOP_LATE_SECONDS = 5.0
OUTBOX_LATE_SECONDS = 60.0
_KINDS = {"request": Words("请求", "requests"), "event": Words("事件", "events")}


def watch_loop(checks: HealthChecks, watch: HubWatch) -> None:
    """Check that the event loop runs."""

    def run() -> Finding:
        age = watch.age
        metrics.LOOP_TICK_AGE.set(age)
        trouble = None
        if age > LOOP_LATE_SECONDS:
            trouble = Words(f"主循环已 {age:.1f} 秒未运行", f"the event loop has not run for {age:.1f} s")
        return Finding(trouble, {"tick_age_seconds": round(age, 3)})

    checks.add("loop", run)


def watch_container(checks: HealthChecks, container: Any) -> None:
    """Check that a service consumes, and warn when all its workers for requests or for events are taken (P15)."""
    name = container.service_name

    def consuming() -> Finding:
        facts = facts_of(container)
        if facts.connected is False:
            return Finding(
                Words(f"{name} 未连接消息队列，正在重连", f"{name} is not connected to the broker, it is reconnecting")
            )
        return Finding(measures={"unsettled": facts.unsettled})

    def workers() -> Finding:
        measures: dict[str, float] = {}
        full: list[Words] = []
        for each in facts_of(container).places:
            metrics.WORKERS_BUSY.labels(name, each.kind).set(each.busy)
            metrics.WORKERS_SIZE.labels(name, each.kind).set(each.size)
            measures |= {f"{each.kind}_busy": each.busy, f"{each.kind}_size": each.size}
            if each.full:
                kind = _KINDS[each.kind]
                full.append(Words(f"{kind.zh} {each.size} 个", f"{each.size} for {kind.en}"))
        trouble = None
        if full:
            trouble = Words(
                f"{name} 的工作位全部占用（{'、'.join(each.zh for each in full)}），新消息须等待",
                f"all workers of {name} are taken ({', '.join(each.en for each in full)}), further messages wait",
            )
        return Finding(trouble, measures)

    checks.add(f"broker:{name}", consuming)
    checks.add(f"workers:{name}", workers, essential=False)


def watch_store(checks: HealthChecks, name: str, store: Store) -> None:
    """Check that a service's database answers, and warn when its events are not leaving."""

    def answers() -> Finding:
        store.ping()
        return Finding()

    def leaving() -> Finding:
        oldest = store.outbox.oldest()
        lag = max(0.0, (datetime.now(UTC) - oldest).total_seconds()) if oldest else 0.0
        depth = store.outbox.depth() if oldest else 0
        metrics.OUTBOX_LAG.labels(name).set(lag)
        metrics.OUTBOX_DEPTH.labels(name).set(depth)
        trouble = None
        if lag > OUTBOX_LATE_SECONDS:
            trouble = Words(
                f"{name} 有 {depth} 个事件积压，最早的已等 {lag:.0f} 秒",
                f"{name} has {depth} events waiting, the oldest for {lag:.0f} s",
            )
        return Finding(trouble, {"depth": depth, "lag_seconds": round(lag, 3)})

    checks.add(f"database:{name}", answers)
    checks.add(f"outbox:{name}", leaving, essential=False)


def watch_quarantine(checks: HealthChecks, name: str, amqp_uri: str) -> None:
    """Warn when messages were given up on."""

    def run() -> Finding:
        depth = dlq.depth(amqp_uri, name)
        metrics.QUARANTINE_DEPTH.labels(name).set(depth)
        trouble = None
        if depth:
            trouble = Words(
                f"{name} 的隔离区有 {depth} 条消息，请用 diaoxun dlq list {name} 查看",
                f"{depth} messages lie in the quarantine of {name}; see 'diaoxun dlq list {name}'",
            )
        return Finding(trouble, {"depth": depth})

    checks.add(f"quarantine:{name}", run, essential=False)


def watch_relay(checks: HealthChecks, relay: Relay) -> None:
    """Tell how many events were published."""
    checks.add("relay", lambda: Finding(measures={"published": relay.published}), essential=False)


def watch_plugins(checks: HealthChecks, plugins: Registry) -> None:
    """Warn of plugins that failed."""

    def run() -> Finding:
        counts: dict[tuple[str, str], int] = {}
        for plugin in plugins:
            counts[plugin.kind, plugin.state.value] = counts.get((plugin.kind, plugin.state.value), 0) + 1
        metrics.PLUGINS.clear()
        for labels, count in counts.items():
            metrics.PLUGINS.labels(*labels).set(count)
        failed = [plugin.key for plugin in plugins if plugin.state is State.FAILED]
        trouble = None
        if failed:
            names = ", ".join(failed)
            trouble = Words(
                f"以下插件不可用：{names}，请用 diaoxun plugins check 查看原因",
                f"these plugins failed: {names}; see 'diaoxun plugins check'",
            )
        return Finding(trouble, {"failed": len(failed)})

    checks.add("plugins", run, essential=False)
