"""Prints what the trials saw, as rows for the table of the README; each at once, for a long run may be cut off."""

from __future__ import annotations

import pytest

from tests.faults.trial import HEADING, SEEN


class _AtOnce:
    """Says why a trial failed, or what it saw, as soon as it is over."""

    def __init__(self, terminal: pytest.TerminalReporter) -> None:
        self._terminal, self._said = terminal, 0

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self._terminal.write_line(f"\n{report.nodeid} ({report.when}):\n{report.longreprtext}")
        for seen in SEEN[self._said :]:
            self._terminal.write_line(f"\n{seen.line()}")
        self._said = len(SEEN)


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    terminal = config.pluginmanager.get_plugin("terminalreporter")
    if terminal is not None:
        config.pluginmanager.register(_AtOnce(terminal))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if SEEN:
        terminalreporter.write_line("\n".join([HEADING, *(seen.line() for seen in SEEN)]))
