"""P20: our runner starts without ``pkg_resources``. P21: the patch comes before everything it has to reach."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def python(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, cwd=ROOT)


def test_p20_the_runner_needs_no_pkg_resources() -> None:
    done = python(
        "import sys; sys.modules['pkg_resources'] = None\n"
        "import shared.runtime.runner\n"
        "print(sys.modules['pkg_resources'])"
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "None"


def test_p21_the_runner_is_patched_and_nothing_heavy_came_before() -> None:
    done = python(
        "import json, sys, importlib.abc\n"
        "order = []\n"
        "class Watch(importlib.abc.MetaPathFinder):\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        order.append(name)\n"
        "sys.meta_path.insert(0, Watch())\n"
        "import shared.runtime.runner\n"
        "import socket, threading, time, eventlet.patcher\n"
        "print(json.dumps({'order': order, 'patched': {name: bool(eventlet.patcher.is_monkey_patched(name))\n"
        "    for name in ('socket', 'thread', 'time', 'select', 'os')}}))"
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert all(said["patched"].values()), said["patched"]
    order = said["order"]
    for late in ("nameko", "kombu", "amqp", "pymongo"):
        assert order.index("eventlet") < order.index(late), f"{late} was imported before the patch"


def test_p21_patching_too_late_is_refused() -> None:
    done = python("import pymongo\nimport shared.runtime.patched")
    assert done.returncode == 1
    assert "imported before the patch: pymongo" in done.stderr


def test_p21_the_kit_and_the_gateway_do_not_patch() -> None:
    done = python(
        "import shared.runtime.testing, shared.runtime.hosting, gateway\n"
        "import eventlet.patcher\n"
        "print(any(eventlet.patcher.is_monkey_patched(name) for name in ('socket', 'thread', 'time')))"
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "False"
