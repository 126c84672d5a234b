"""Fixtures of every room; each kind of server has its own file in ``tests/fixtures``."""

from __future__ import annotations

import signal
import sys

import pytest
from hypothesis import HealthCheck, settings

# How fast examples are made says something about the machine's load, nothing about the code.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")

pytest_plugins = [
    "tests.fixtures.store",
    "tests.fixtures.broker",
    "tests.fixtures.hosting",
    "tests.fixtures.runner_process",
    "tests.fixtures.command_line",
]


def pytest_configure() -> None:
    """A session told to stop ends like one that is interrupted: fixtures end the processes they started."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)


def pytest_collectstart(collector: pytest.Collector) -> None:
    """P21: a module that patches on import would silently turn every test of this process green, and hang xdist."""
    patcher = sys.modules.get("eventlet.patcher")
    if patcher is not None and patcher.is_monkey_patched("thread"):
        raise pytest.UsageError(f"something imported before {collector.nodeid} has monkey-patched the test process")
