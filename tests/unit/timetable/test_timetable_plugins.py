"""The built-in schedulers of timetables against the conformance kit."""

from __future__ import annotations

from shared.plugins.testing import PluginConformance


class TestTimetableExact(PluginConformance):
    plugin = "schedulers/timetable_exact"
