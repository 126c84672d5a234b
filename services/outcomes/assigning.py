"""The plugin that assigns reviewers, asked in isolation and held to its word."""

from __future__ import annotations

from collections.abc import Sequence

from services.outcomes.ports import PanelMember, ReviewTask, allowed
from shared.errors import Fault, Unavailable
from shared.plugins import Registry


class Assigner:
    """Chooses reviewers by the plugin of that slug; one that fails or breaks the rules assigns nobody."""

    def __init__(self, registry: Registry, slug: str) -> None:
        self._registry = registry
        self._slug = slug

    def choose(self, task: ReviewTask, panel: Sequence[PanelMember], count: int) -> list[str]:
        """Return up to ``count`` reviewers. Raises ``Unavailable`` when the plugin cannot be used."""
        try:
            plugin = self._registry.load(f"reviewers/{self._slug}")
            answer = self._registry.guarded_call(plugin, plugin.instance.choose, task, panel, count, timeout=None)
        except Fault as failure:
            raise self._broken(str(failure)) from None
        chosen = [str(each) for each in answer]
        able = {member.lecturer_id for member in allowed(task, panel)}
        if len(set(chosen)) != len(chosen) or not set(chosen) <= able or len(chosen) > count:
            raise self._broken("it names somebody twice, or somebody who may not review the report")
        return chosen

    def _broken(self, reason: str) -> Unavailable:
        return Unavailable(
            f"分派评审人的插件“{self._slug}”不可用，请检查插件：{reason}",
            f"the plugin {self._slug!r} that assigns reviewers cannot be used: {reason}",
            plugin=self._slug,
        )
