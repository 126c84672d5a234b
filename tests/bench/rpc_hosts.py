"""The three servers the RPC bench compares; run as ``python -m tests.bench.rpc_hosts ours|stock|bare URI``."""

from __future__ import annotations

import sys

import eventlet

if sys.argv[1] != "bare":
    eventlet.monkey_patch()

import warnings

warnings.simplefilter("ignore")

from typing import Any  # noqa: E402

import kombu  # noqa: E402

from tests.bench.rpc_terms import SECRET, WORKERS  # noqa: E402


def ours(uri: str) -> None:
    """Host the sample service of the tests on our messaging."""
    from tests.hosts.sample import SampleService

    _host(SampleService, {"AMQP_URI": uri, "DIAOXUN_SECRET": SECRET, "max_workers": WORKERS, "prefetch_count": 50})


def stock(uri: str) -> None:
    """Host an echo service on nameko as it is."""
    from nameko.rpc import rpc

    class Stock:
        name = "stock"

        @rpc  # type: ignore[untyped-decorator]
        def echo(self, text: str) -> dict[str, str]:
            return {"text": text}

    _host(Stock, {"AMQP_URI": uri, "max_workers": WORKERS})


def bare(uri: str) -> None:
    """Echo with py-amqp alone: body back to where it came from, then ack."""
    import amqp

    connection = kombu.Connection(uri).connect()
    channel = connection.channel()
    channel.queue_declare("bare", durable=True, auto_delete=False)
    channel.basic_qos(0, 50, False)

    def answer(message: Any) -> None:
        properties = message.properties
        reply = amqp.Message(message.body, correlation_id=properties["correlation_id"], delivery_mode=1)
        channel.basic_publish(reply, exchange="", routing_key=properties["reply_to"])
        channel.basic_ack(message.delivery_tag)

    channel.basic_consume("bare", callback=answer)
    print("ready", flush=True)
    while True:
        connection.drain_events()


def _host(service: type[Any], config: dict[str, Any]) -> None:
    from nameko.containers import ServiceContainer

    container = ServiceContainer(service, config)
    container.start()
    print("ready", flush=True)
    container.wait()


if __name__ == "__main__":
    {"ours": ours, "stock": stock, "bare": bare}[sys.argv[1]](sys.argv[2])
