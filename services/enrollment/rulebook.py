"""The eligibility rules that are installed, asked one after the other, each in isolation."""

from __future__ import annotations

from services.enrollment.domain.eligibility import NominationFacts, RuleVerdict, Verdict, broken_rule
from shared.plugins import Panel, Registry
from shared.policies import Policies


class Rulebook:
    """Judges nominations for one command or one import."""

    def __init__(self, registry: Registry, policies: Policies) -> None:
        self._policies = policies
        self._panel = Panel(registry, "eligibility_rules", Verdict)

    def judge(self, facts: NominationFacts) -> list[RuleVerdict]:
        """Return every rule's verdict; a broken rule, or one that never started, stands for a person to decide."""
        said = self._panel.ask(lambda rule: rule.judge(facts, self._policies))
        return [
            *(broken_rule(slug) if verdict is None else RuleVerdict(slug, verdict) for slug, verdict in said),
            *(broken_rule(slug) for slug in self._panel.dead),
        ]
