"""The compliance rules that are installed, asked one after the other, each in isolation."""

from __future__ import annotations

from collections import Counter

from services.compliance.domain.rules import ComplianceRule, RuleVerdict, TraineeFacts, Verdict, broken_rule
from shared.plugins import Plugin, PluginFailed, Registry, State
from shared.policies import Policies

_KIND = "compliance_rules"
_ENOUGH_FAILURES = 5


class Rulebook:
    """Judges trainees for one command or one event; a rule that breaks again and again is not asked any more."""

    def __init__(self, registry: Registry, policies: Policies) -> None:
        self._registry = registry
        self.policies = policies
        self._rules: list[tuple[Plugin, ComplianceRule]] = [
            (plugin, plugin.instance) for plugin in registry.load_all(_KIND)
        ]
        self._failures: Counter[str] = Counter()
        self._dead = sorted(plugin.slug for plugin in registry if plugin.kind == _KIND and plugin.state is State.FAILED)

    def judge(self, facts: TraineeFacts) -> list[RuleVerdict]:
        """Return the verdicts of the rules of that stage; a broken rule, or one that never started, stands for a look.

        A rule that is not asked at this stage says nothing.
        """
        return [
            *(
                RuleVerdict(plugin.slug, self._ask(plugin, rule, facts))
                for plugin, rule in self._rules
                if facts.stage in rule.stages
            ),
            *(broken_rule(slug) for slug in self._dead),
        ]

    def _ask(self, plugin: Plugin, rule: ComplianceRule, facts: TraineeFacts) -> Verdict:
        if self._failures[plugin.slug] < _ENOUGH_FAILURES:
            try:
                # In place: a thread a rule and trainee would cost more than the rules themselves.
                verdict = self._registry.guarded_call(plugin, rule.judge, facts, self.policies, timeout=None)
                if isinstance(verdict, Verdict):
                    return verdict
            except PluginFailed:
                pass
            self._failures[plugin.slug] += 1
        return broken_rule(plugin.slug).verdict
