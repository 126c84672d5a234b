"""The built-in schedulers of timetables against the conformance kit."""

from __future__ import annotations

from shared.plugins.testing import PluginConformance


class TestTimetableExact(PluginConformance):
    plugin = "schedulers/timetable_exact"


class TestTimetableSearch(PluginConformance):
    plugin = "schedulers/timetable_search"


class TestTimetablePortfolio(PluginConformance):
    plugin = "schedulers/timetable_portfolio"
