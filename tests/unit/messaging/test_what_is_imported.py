"""P7, P21: who only calls or publishes never loads nameko or eventlet; the loop's watch sees who holds it (P22)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def said(code: str) -> str:
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_p07_the_client_and_the_relay_load_neither_nameko_nor_eventlet() -> None:
    code = (
        "import sys\n"
        "from shared.messaging import RpcClient, Relay, Call, Delivery\n"
        "from shared.messaging import topology, dlq\n"
        "print(sorted(name for name in ('nameko', 'eventlet') if name in sys.modules))"
    )
    assert said(code) == "[]"


def test_p07_the_gateway_and_the_command_line_load_neither_nameko_nor_eventlet() -> None:
    code = (
        "import sys\n"
        "import gateway.process, deploy.cli.app\n"
        "print(sorted(name for name in ('nameko', 'eventlet') if name in sys.modules))"
    )
    assert said(code) == "[]"


def test_p20_serving_needs_no_pkg_resources() -> None:
    code = (
        "import sys; sys.modules['pkg_resources'] = None\n"
        "from shared.messaging import serves, handles, ticks\n"
        "print('loaded')"
    )
    assert said(code) == "loaded"


def test_p22_the_watch_names_the_function_that_holds_the_loop() -> None:
    code = (
        "import eventlet; eventlet.monkey_patch()\n"
        "from eventlet import patcher\n"
        "from shared.messaging.hub import HubWatch\n"
        "watch = HubWatch(limit=0.1); watch.start(); eventlet.sleep(0.3)\n"
        "before = len(watch.blockages)\n"
        "def clumsy(): patcher.original('time').sleep(0.6)\n"
        "clumsy(); eventlet.sleep(0.1)\n"
        "longest = max(watch.blockages, key=lambda one: one.seconds)\n"
        "print('clumsy' in longest.stack, longest.seconds > 0.3, watch.age < 0.3)"
    )
    assert said(code) == "True True True"
