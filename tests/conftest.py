"""Fixtures of every room; each kind of server has its own file in ``tests/fixtures``."""

from __future__ import annotations

pytest_plugins = [
    "tests.fixtures.store",
    "tests.fixtures.broker",
    "tests.fixtures.hosting",
    "tests.fixtures.runner_process",
    "tests.fixtures.command_line",
]
