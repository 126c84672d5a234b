"""RPC through our stack beside stock nameko and bare py-amqp: ``python -m tests.bench.rpc [AMQP_URI]``.

Every server is a process of its own, every client this one; all in one run, on the same broker.
"""

from __future__ import annotations

import contextlib
import statistics
import subprocess
import sys
import threading
import time
import warnings
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any

warnings.simplefilter("ignore")

import amqp  # noqa: E402
import kombu  # noqa: E402

from shared.context import Context  # noqa: E402
from shared.messaging.rpc_client import RpcClient  # noqa: E402
from shared.security.caller import WHOLE_CITY, Caller, Role  # noqa: E402
from shared.security.tokens import CallerTokens  # noqa: E402
from tests.bench.rpc_terms import SECRET  # noqa: E402
from tests.hosts.sample import ECHO  # noqa: E402

TEXT = "调" * 20 + "x" * 60
SEQUENTIAL, IN_FLIGHT, WIDTH = 300, 2000, 50
Figures = tuple[float, float, float]


@contextlib.contextmanager
def serving(kind: str, uri: str) -> Iterator[None]:
    """Run one of the servers while the block lasts."""
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "tests.bench.rpc_hosts", kind, uri], stdout=subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"ready", f"the {kind} server did not start"
        yield
    finally:
        process.kill()
        process.wait()


def timed(count: int, one: Callable[[], object]) -> Figures:
    """Call one after the other; return calls a second, p50 and p99 in milliseconds."""
    took = []
    began = time.perf_counter()
    for _ in range(count):
        start = time.perf_counter()
        one()
        took.append((time.perf_counter() - start) * 1000)
    return _figures(count, time.perf_counter() - began, took)


def _figures(count: int, seconds: float, took: list[float]) -> Figures:
    cuts = statistics.quantiles(took, n=100)
    return count / seconds, cuts[49], cuts[98]


def bench_ours(uri: str) -> dict[str, Figures]:
    """Our client: one connection, 50 threads that each wait for their own reply, as the gateway's do."""
    client = RpcClient(uri, CallerTokens((SECRET,)))
    context = Context(caller=Caller("bench", frozenset({Role.ORGANISATION_DEPARTMENT}), (WHOLE_CITY,)))

    def one() -> None:
        assert client.call("sample", ECHO, {"text": TEXT}, context)["text"] == TEXT

    with serving("ours", uri):
        one()
        sequential = timed(SEQUENTIAL, one)
        took: list[float] = []

        def many() -> None:
            for _ in range(IN_FLIGHT // WIDTH):
                start = time.perf_counter()
                one()
                took.append((time.perf_counter() - start) * 1000)

        threads = [threading.Thread(target=many) for _ in range(WIDTH)]
        began = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        wide = _figures(len(took), time.perf_counter() - began, took)
    client.close()
    return {"sequential": sequential, "in flight": wide}


def bench_stock(uri: str) -> dict[str, Figures]:
    """Stock nameko: one reused ClusterRpcProxy, 50 calls under way by ``call_async``."""
    from nameko.standalone.rpc import ClusterRpcProxy

    with serving("stock", uri), ClusterRpcProxy({"AMQP_URI": uri}) as proxy:
        echo = proxy.stock.echo
        echo(TEXT)
        sequential = timed(SEQUENTIAL, lambda: echo(TEXT))
        wide = _windowed(lambda: echo.call_async(TEXT), lambda reply: reply.result())
    return {"sequential": sequential, "in flight": wide}


def bench_bare(uri: str) -> dict[str, Figures]:
    """py-amqp alone: direct reply-to, 50 requests under way on one channel, no JSON, no checks."""
    with serving("bare", uri):
        connection = kombu.Connection(uri).connect()
        channel = connection.channel()
        arrived: set[str] = set()
        numbers = iter(range(10**9))

        def arrive(message: Any) -> None:
            arrived.add(message.properties["correlation_id"])

        channel.basic_consume("amq.rabbitmq.reply-to", no_ack=True, callback=arrive)
        body = TEXT.encode()

        def send() -> str:
            number = str(next(numbers))
            message = amqp.Message(body, reply_to="amq.rabbitmq.reply-to", correlation_id=number, delivery_mode=1)
            channel.basic_publish(message, exchange="", routing_key="bare")
            return number

        def wait(number: str) -> None:
            while number not in arrived:
                connection.drain_events()
            arrived.discard(number)

        wait(send())
        sequential = timed(SEQUENTIAL, lambda: wait(send()))
        wide = _windowed(send, wait)
        connection.close()
    return {"sequential": sequential, "in flight": wide}


def _windowed(send: Callable[[], Any], wait: Callable[[Any], object]) -> Figures:
    under_way: deque[tuple[float, Any]] = deque()
    took: list[float] = []
    began = time.perf_counter()
    for number in range(IN_FLIGHT + WIDTH):
        if len(under_way) == WIDTH or number >= IN_FLIGHT:
            start, ticket = under_way.popleft()
            wait(ticket)
            took.append((time.perf_counter() - start) * 1000)
        if number < IN_FLIGHT:
            under_way.append((time.perf_counter(), send()))
    return _figures(IN_FLIGHT, time.perf_counter() - began, took)


def run(uri: str, rounds: int = 3) -> dict[str, dict[str, Figures]]:
    """Run all three in turn, several times; return calls a second, p50 and p99 of each one's middle round."""
    benches = {"ours": bench_ours, "stock nameko": bench_stock, "bare py-amqp": bench_bare}
    seen = [{kind: bench(uri) for kind, bench in benches.items()} for _ in range(rounds)]
    return {
        kind: {load: sorted(one[kind][load] for one in seen)[rounds // 2] for load in ("sequential", "in flight")}
        for kind in benches
    }


def main() -> None:
    """Print the table."""
    uri = sys.argv[1] if len(sys.argv) > 1 else "amqp://guest:guest@127.0.0.1:5672//"
    results = run(uri)
    print(f"{'':14}{'sequential':^32}{f'{WIDTH} in flight':^32}")
    print(f"{'':14}" + f"{'calls/s':>10}{'p50 ms':>10}{'p99 ms':>10}  " * 2)
    for kind, figures in results.items():
        cells = "".join(f"{rate:>10.0f}{p50:>10.2f}{p99:>10.2f}  " for rate, p50, p99 in figures.values())
        print(f"{kind:14}{cells}")
    mine = results["ours"]["in flight"][0]
    for kind, factor in (("stock nameko", 3.0), ("bare py-amqp", 0.5)):
        ratio = mine / results[kind]["in flight"][0]
        print(f"ours / {kind}, {WIDTH} in flight: {ratio:.2f} (to reach: {factor})")


if __name__ == "__main__":
    main()
