"""The built-in plugins of scheduling against the conformance kit, and the service itself as a plugin."""

from __future__ import annotations

from shared.plugins.testing import PluginConformance


class TestCpSat(PluginConformance):
    plugin = "schedulers/cp_sat"


class TestGreedy(PluginConformance):
    plugin = "schedulers/greedy"


class TestNoticeText(PluginConformance):
    plugin = "importers/notice_txt"


class TestNoticeDocument(PluginConformance):
    plugin = "importers/notice_docx"


class TestSchedulingService(PluginConformance):
    plugin = "services/scheduling"
