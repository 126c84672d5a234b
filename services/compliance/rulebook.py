"""The compliance rules that are installed, asked one after the other, each in isolation."""

from __future__ import annotations

from services.compliance.domain.rules import RuleVerdict, TraineeFacts, Verdict, broken_rule
from shared.plugins import Panel, Registry
from shared.policies import Policies


class Rulebook:
    """Judges trainees for one command or one event."""

    def __init__(self, registry: Registry, policies: Policies) -> None:
        self.policies = policies
        self._panel = Panel(registry, "compliance_rules", Verdict)

    def judge(self, facts: TraineeFacts) -> list[RuleVerdict]:
        """Return the verdicts of the rules of that stage; a broken rule, or one that never started, stands for a look.

        A rule that is not asked at this stage says nothing.
        """
        said = self._panel.ask(
            lambda rule: rule.judge(facts, self.policies), concerned=lambda rule: facts.stage in rule.stages
        )
        return [
            *(broken_rule(slug) if verdict is None else RuleVerdict(slug, verdict) for slug, verdict in said),
            *(broken_rule(slug) for slug in self._panel.dead),
        ]
