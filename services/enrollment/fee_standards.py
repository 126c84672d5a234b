"""The fee standards that are installed, each asked in isolation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from services.enrollment.domain.fee_standard import (
    Charge,
    CourseCosts,
    Edition,
    FeeStandard,
    Finding,
    LectureCharge,
    Stay,
    Taught,
)
from services.enrollment.domain.wording import Refusal
from shared.plugins import Plugin, PluginFailed, Registry

T = TypeVar("T")
_KIND = "fee_standards"


class FeeStandards:
    """Asks standards for one command or reaction; their refusals pass through, whatever else breaks is a fault.

    Every method raises ``Refusal`` where the standard refuses, and ``PluginFailed`` (or ``PluginMissing``) when it
    broke or is not installed: an amount is never guessed.
    """

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._charges: dict[tuple[str, Stay], Charge] = {}

    def installed(self) -> list[Plugin]:
        """Return the standards that started."""
        return self._registry.load_all(_KIND)

    def editions(self, slug: str) -> Sequence[Edition]:
        """Return a standard's editions."""
        return list(self._asked(slug, lambda standard: standard.editions(), Edition, many=True))

    def charge(self, slug: str, stay: Stay) -> Charge:
        """Return what a stay costs by a standard; the same stay is reckoned once."""
        key = (slug, stay)
        if key not in self._charges:
            self._charges[key] = self._asked(slug, lambda standard: standard.charge(stay), Charge)
        return self._charges[key]

    def lecture(self, slug: str, taught: Taught) -> LectureCharge:
        """Return what a session is paid by a standard."""
        paid: LectureCharge = self._asked(slug, lambda standard: standard.lecture(taught), LectureCharge)
        return paid

    def findings(self, slug: str, costs: CourseCosts) -> Sequence[Finding]:
        """Return what a standard says about real costs."""
        return list(self._asked(slug, lambda standard: standard.findings(costs), Finding, many=True))

    def _asked(self, slug: str, ask: Callable[[FeeStandard], Any], kind: type[T], many: bool = False) -> Any:
        plugin = self._registry.load(f"{_KIND}/{slug}")
        # In place: a thread a question would cost more than the reckoning.
        answer = self._registry.guarded_call(plugin, _caught, ask, plugin.instance, timeout=None)
        if isinstance(answer, Refusal):
            raise answer
        parts = list(answer) if many and isinstance(answer, (list, tuple)) else [answer]
        if not all(isinstance(part, kind) and _whole(part) for part in parts):
            raise PluginFailed(
                f"培训费标准“{slug}”的答复不符合接口，未采用；请用 diaoxun plugins check 检查",
                f"the fee standard {slug!r} answered against its protocol and was not used; see diaoxun plugins check",
                plugin=plugin.key,
            )
        return answer


def _caught(ask: Callable[[FeeStandard], T], standard: FeeStandard) -> T | Refusal:
    try:
        return ask(standard)
    except Refusal as refusal:  # an answer, no failure of the plugin
        return refusal


def _whole(part: Any) -> bool:
    amount = getattr(part, "amount_fen", 0)
    return type(amount) is int and amount >= 0
