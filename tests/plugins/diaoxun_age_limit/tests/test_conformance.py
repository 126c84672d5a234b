"""The conformance of the rule, and its own edge."""

from __future__ import annotations

from datetime import date

from diaoxun_age_limit.rule import age_on

from shared.plugins.testing import PluginConformance


class TestAgeLimit(PluginConformance):
    plugin = "eligibility_rules/age_limit"
    configs = ({}, {"oldest": 45}, {"oldest": 60, "strict": False, "source": "本市文件"})


def test_a_birthday_counts_from_its_own_day_on() -> None:
    assert age_on(date(2020, 5, 10), date(1965, 5, 11)) == 54
    assert age_on(date(2020, 5, 11), date(1965, 5, 11)) == 55
