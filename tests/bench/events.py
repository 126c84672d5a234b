"""Events from the commit that emits them to the commit of their effect: ``python -m tests.bench.events [AMQP_URI]``.

The producer commits with its outbox here, the relay publishes with confirms, a service in a process of its own handles
each event in a transaction with its inbox row; store and broker are real. Times are of one machine's clock.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

warnings.simplefilter("ignore")

from shared.clock import SystemClock  # noqa: E402
from shared.context import Context  # noqa: E402
from shared.identifiers import new_id  # noqa: E402
from shared.messaging import Relay  # noqa: E402
from shared.messaging import topology as topologies  # noqa: E402
from shared.security.caller import service_caller  # noqa: E402
from shared.security.fields import Keyring  # noqa: E402
from shared.storage import Store, Transaction  # noqa: E402
from tests.bench.events_contract import MADE, MAKER, MAKER_STORE, TAKER, THINGS  # noqa: E402
from tests.fixtures.broker import running_node  # noqa: E402
from tests.fixtures.runner_process import FIELD_KEYS, SECRET, RunnerProcess  # noqa: E402
from tests.fixtures.store import StoreServer  # noqa: E402

SINGLE, BURST = 200, 1000
TO_REACH_MS = 50.0


def main() -> int:
    """Print latencies one at a time and throughput of a burst; 1 when the target is missed."""
    with _broker() as amqp_uri, tempfile.TemporaryDirectory(prefix="diaoxun-bench-") as folder:
        server = StoreServer(Path(folder))
        uri = server.start()
        try:
            return _measured(amqp_uri, uri, Path(folder))
        finally:
            server.kill()


@contextmanager
def _broker() -> Iterator[str]:
    if len(sys.argv) > 1:
        yield sys.argv[1]
    else:
        with running_node() as node:
            yield node.uri


def _measured(amqp_uri: str, mongodb_uri: str, folder: Path) -> int:
    store = Store.open(
        mongodb_uri, MAKER_STORE, clock=SystemClock(), keyring=Keyring.parse(FIELD_KEYS), prefix="bench_"
    )
    store.ensure()
    topologies.apply((MAKER, TAKER), amqp_uri)
    taker = RunnerProcess(
        folder,
        module="tests.bench.events_host",
        AMQP_URI=amqp_uri,
        MONGODB_URI=mongodb_uri,
        DIAOXUN_SECRET=SECRET,
        DIAOXUN_FIELD_KEYS=FIELD_KEYS,
        DIAOXUN_DATABASE_PREFIX="bench_",
        DIAOXUN_SIDE_PORT="0",
        DIAOXUN_VAR=str(folder / "var"),
        BENCH_HANDLED=str(folder / "handled"),
    ).start()
    relay = Relay({"maker": store.outbox}, amqp_uri, leases={"maker": store.leases})
    store.on_commit.append(relay.nudge)
    relay.start()
    try:
        taker.wait_ready()
        log = folder / "handled"
        _run(store, log, 20, pause=True)
        latencies, _ = _run(store, log, SINGLE, pause=True)
        burst, seconds = _run(store, log, BURST, pause=False)
    finally:
        taker.stop()
        relay.stop()
        store.close()
    p50 = _share(latencies, 50)
    print(f"one at a time: commit to effect p50 {p50:.1f} ms, p99 {_share(latencies, 99):.1f} ms ({SINGLE} events)")
    print(
        f"burst of {BURST}: {BURST / seconds:.0f} events/s, "
        f"p50 {_share(burst, 50):.0f} ms, p99 {_share(burst, 99):.0f} ms"
    )
    missed = p50 >= TO_REACH_MS
    print(f"target: p50 under {TO_REACH_MS:.0f} ms: {'missed' if missed else 'reached'}")
    return int(missed)


def _run(store: Store, log: Path, count: int, pause: bool) -> tuple[list[float], float]:
    """Commit ``count`` events and wait for their effects; return latencies in ms and the seconds of the whole."""
    context = Context(caller=service_caller("maker"))
    committed: dict[str, float] = {}
    began = time.time()
    for _ in range(count):
        thing = new_id("thing")

        def make(tx: Transaction, thing: str = thing) -> dict[str, str]:
            tx.rows(THINGS).insert({"_id": thing, "made_at": datetime.now(UTC).isoformat()})
            tx.emit(MADE, {"thing_id": thing}, subject=thing)
            return {}

        store.transact(context, make, operation="make_thing")
        committed[thing] = time.time()
        if pause:
            _await(log, {thing})
    handled = _await(log, set(committed))
    latencies = [(handled[thing] - at) * 1000 for thing, at in committed.items()]
    return latencies, max(handled[thing] for thing in committed) - began


def _await(log: Path, wanted: set[str]) -> dict[str, float]:
    ends = time.monotonic() + 120
    while time.monotonic() < ends:
        if log.exists():
            lines = (line.split() for line in log.read_text("utf-8").splitlines())
            found = {words[0]: float(words[1]) for words in lines if len(words) == 2}
            if wanted <= found.keys():
                return found
        time.sleep(0.002)
    raise SystemExit(f"{len(wanted)} events, not all handled within two minutes")


def _share(values: list[float], percent: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


if __name__ == "__main__":
    sys.exit(main())
