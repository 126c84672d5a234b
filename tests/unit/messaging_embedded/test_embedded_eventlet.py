"""The embedded broker under eventlet, as the embedded stack runs it: in child processes, so that this one stays."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap

PATCHED = """
    import warnings
    warnings.simplefilter("ignore")
    import eventlet
    eventlet.monkey_patch()
    import json, sys, time
    from pathlib import Path
    import kombu
    from shared.messaging import embedded
    from shared.messaging.embedded.address import address_of
    embedded.register()
"""


def run_patched(code, *arguments):
    script = textwrap.dedent(PATCHED) + textwrap.dedent(code)
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_greenlets_publish_with_confirms_and_consume(tmp_path):
    result = run_patched(
        """
        uri = address_of("green", Path(sys.argv[1]))
        setup = kombu.Connection(uri).channel()
        setup.queue_declare(queue="q", durable=True, auto_delete=False)
        seen = []

        def write(number):
            channel = kombu.Connection(uri, transport_options={"confirm_publish": True}).channel()
            for index in range(50):
                message = channel.prepare_message(f"{number}:{index}", properties={"delivery_mode": 2})
                channel.basic_publish(message, routing_key="q")

        def read():
            connection = kombu.Connection(uri)
            channel = connection.channel()
            channel.basic_qos(0, 5, False)
            def take(message):
                seen.append(message.body if isinstance(message.body, str) else bytes(message.body).decode())
                eventlet.sleep(0)
                channel.basic_ack(message.delivery_info["delivery_tag"])
            channel.basic_consume("q", callback=take)
            while len(seen) < 500:
                try:
                    connection.drain_events(timeout=0.2)
                except TimeoutError:
                    pass

        threads = [eventlet.spawn(read) for _ in range(3)] + [eventlet.spawn(write, n) for n in range(10)]
        for thread in threads:
            thread.wait()
        print(json.dumps({"seen": len(seen), "distinct": len(set(seen))}))
        """,
        tmp_path / "journal",
    )
    assert result == {"seen": 500, "distinct": 500}


def test_waiting_does_not_stop_other_greenlets(tmp_path):
    result = run_patched(
        """
        connection = kombu.Connection(address_of("green"))
        channel = connection.channel()
        channel.queue_declare(queue="q", auto_delete=False)
        channel.basic_consume("q", no_ack=True, callback=lambda message: None)
        ticks = []
        def tick():
            while True:
                ticks.append(1)
                eventlet.sleep(0.01)
        eventlet.spawn(tick)
        try:
            connection.drain_events(timeout=3)
        except TimeoutError:
            pass
        print(json.dumps(len(ticks)))
        """
    )
    assert result > 5


def test_a_delay_queue_under_eventlet():
    result = run_patched(
        """
        connection = kombu.Connection(address_of("green"))
        channel = connection.channel()
        channel.queue_declare(queue="work", auto_delete=False)
        channel.queue_declare(queue="delay", auto_delete=False, arguments={
            "x-message-ttl": 100, "x-dead-letter-exchange": "", "x-dead-letter-routing-key": "work"})
        came = []
        channel.basic_consume("work", no_ack=True, callback=came.append)
        started = time.monotonic()
        channel.basic_publish(channel.prepare_message("m"), routing_key="delay")
        connection.drain_events(timeout=20)
        print(json.dumps(time.monotonic() - started))
        """
    )
    assert result >= 0.09


def test_stock_nameko_runs_on_it():
    result = run_patched(
        """
        from nameko.containers import ServiceContainer
        from nameko.events import EventDispatcher, event_handler
        from nameko.rpc import RpcProxy, rpc
        from nameko.standalone.rpc import ClusterRpcProxy
        from eventlet.event import Event
        handled = Event()

        class Greeter:
            name = "greeter"
            dispatch = EventDispatcher()

            @rpc
            def greet(self, who):
                self.dispatch("greeted", {"who": who})
                return f"hello {who}"

        class Front:
            name = "front"
            greeter = RpcProxy("greeter")

            @rpc
            def ask(self, who):
                return self.greeter.greet(who)

            @event_handler("greeter", "greeted")
            def on_greeted(self, data):
                if not handled.ready():
                    handled.send(data)

        config = {"AMQP_URI": address_of("nameko")}
        containers = [ServiceContainer(service, config) for service in (Greeter, Front)]
        for container in containers:
            container.start()
        with ClusterRpcProxy(config, timeout=10) as cluster:
            answer = cluster.front.ask("world")
            try:
                cluster.nobody.ask()
            except Exception as error:
                unknown = type(error).__name__
        with eventlet.Timeout(10):
            event = handled.wait()
        for container in containers:
            container.stop()
        print(json.dumps({"answer": answer, "event": event, "unknown": unknown}))
        """
    )
    assert result == {"answer": "hello world", "event": {"who": "world"}, "unknown": "UnknownService"}
