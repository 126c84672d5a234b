"""A panel of rules: each is asked in isolation, and what is no verdict counts as a failure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shared.plugins import Panel, Registry, State
from shared.plugins.plugin import Plugin, Step


class Rule:
    def __init__(self, said: Any, stage: str = "study") -> None:
        self.said, self.stage, self.asked = said, stage, 0

    def judge(self) -> Any:
        self.asked += 1
        if isinstance(self.said, BaseException):
            raise self.said
        return self.said


class Found(Registry):
    """A registry that found these rules; ``None`` stands for one that did not start."""

    def __init__(self, rules: dict[str, Rule | None]) -> None:
        super().__init__()
        self._found = []
        for slug, rule in rules.items():
            state = State.FAILED if rule is None else State.STARTED
            plugin = Plugin("compliance_rules", slug, "tests:rule", "tests", instance=rule, history=[Step(state)])
            self._found.append(plugin)

    def __iter__(self) -> Iterator[Plugin]:
        return iter(self._found)

    def load_all(self, kind: str) -> list[Plugin]:
        return [each for each in self._found if each.kind == kind and each.state is State.STARTED]


def panel(**rules: Rule | None) -> Panel[str]:
    return Panel(Found(rules), "compliance_rules", str)


def test_what_is_no_verdict_and_what_raises_are_asked_five_times_at_most() -> None:
    fine, odd, broken = Rule("met"), Rule(7), Rule(SystemExit("no"))
    asking = panel(fine=fine, odd=odd, broken=broken)
    for _ in range(8):
        assert dict(asking.ask(lambda rule: rule.judge())) == {"fine": "met", "odd": None, "broken": None}
    assert (fine.asked, odd.asked, broken.asked) == (8, 5, 5)


def test_a_rule_that_is_not_concerned_says_nothing_and_one_that_never_started_is_named() -> None:
    other = Rule("met", "completion")
    asking = panel(here=Rule("met"), other=other, dead=None)
    said = dict(asking.ask(lambda rule: rule.judge(), concerned=lambda rule: rule.stage == "study"))
    assert (said, other.asked, asking.dead) == ({"here": "met"}, 0, ["dead"])
