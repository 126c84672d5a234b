"""Prints what the trials of this session saw, as rows for the table of the README."""

from __future__ import annotations

import pytest

from tests.faults.trial import HEADING, SEEN


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if SEEN:
        terminalreporter.write_line("\n".join([HEADING, *(seen.line() for seen in SEEN)]))
