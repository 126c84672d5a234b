"""Incidents (违纪情况) and the ladder of sanctions (处分提醒) that may follow, each imposed by who may impose it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from services.compliance.domain.wording import Refusal, Sentence

WITHDRAWAL = "withdrawal"
"""The last step of the ladder: it goes through a case, which the organisation department decides."""


class IncidentState(StrEnum):
    """``open`` while nothing was decided; a sanction that was revoked leaves the file ``sanctioned`` in its history."""

    OPEN = "open"
    SANCTIONED = "sanctioned"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder; ``imposed_by`` are the roles that may impose it."""

    step: str
    words: Sentence
    imposed_by: frozenset[str]


@dataclass(frozen=True, slots=True)
class Ladder:
    """The steps from light to grave, and which of them may follow from which kind of conduct."""

    rungs: tuple[Rung, ...]
    kinds: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, ladder: Iterable[Mapping[str, Any]], kinds: Iterable[Mapping[str, Any]]) -> Ladder:
        """Return the ladder of the policies ``conduct.ladder`` and ``conduct.kinds``."""
        rungs = (Rung(each["step"], Sentence(each["zh"], each["en"]), frozenset(each["imposed_by"])) for each in ladder)
        return cls(tuple(rungs), {each["kind"]: tuple(each["steps"]) for each in kinds})

    def place(self, step: str) -> int:
        """Return how grave a step is. Raises ``Refusal`` for one the ladder does not have."""
        for place, rung in enumerate(self.rungs):
            if rung.step == step:
                return place
        known = "、".join(rung.step for rung in self.rungs)
        raise Refusal("unknown-step", f"没有“{step}”这一级处理，可用：{known}", f"no step {step!r}; there are: {known}")

    def rung(self, step: str) -> Rung:
        """Return a step. Raises ``Refusal``."""
        return self.rungs[self.place(step)]


@dataclass(frozen=True, slots=True)
class Sanction:
    """One measure: the step, who decided on it and why; ``revoked`` when an objection took it back."""

    step: str
    approver: str
    reason: str
    by: str
    at: datetime
    revoked: bool = False


@dataclass(frozen=True, slots=True)
class Incident:
    """The file of one person's conduct at one occasion."""

    kind: str
    state: IncidentState = IncidentState.OPEN
    sanctions: tuple[Sanction, ...] = ()

    @property
    def in_force(self) -> tuple[str, ...]:
        """The steps that hold."""
        return tuple(sanction.step for sanction in self.sanctions if not sanction.revoked)

    def impose(self, sanction: Sanction, roles: frozenset[str], ladder: Ladder) -> Incident:
        """Return the file with one more measure: one of its kind, by who may impose it, graver than those in force.

        Raises ``Refusal``.
        """
        self._require_open()
        rung, place = ladder.rung(sanction.step), ladder.place(sanction.step)
        if sanction.step not in ladder.kinds.get(self.kind, ()):
            raise Refusal(
                "not-for-this-kind",
                f"此类情形不适用“{rung.words.zh}”，请按规定的处理方式办理",
                f"{rung.words.en!r} does not follow from this kind of conduct",
            )
        if not roles & rung.imposed_by:
            raise Refusal(
                "not-yours-to-impose",
                f"“{rung.words.zh}”不由您的部门作出",
                f"{rung.words.en!r} is not yours to impose",
            )
        if any(ladder.place(step) >= place for step in self.in_force):
            raise Refusal(
                "not-graver",
                f"已有不轻于“{rung.words.zh}”的处理，处理只能逐级加重",
                f"a measure no lighter than {rung.words.en!r} is in force; the ladder only goes up",
            )
        return replace(self, state=IncidentState.SANCTIONED, sanctions=(*self.sanctions, sanction))

    def dismiss(self) -> Incident:
        """Return the file closed without a measure. Raises ``Refusal`` once there is one."""
        self._require_open()
        if self.sanctions:
            raise Refusal(
                "sanctioned", "已作出处理，不能撤销立案", "there are measures already; it cannot be dismissed"
            )
        return replace(self, state=IncidentState.DISMISSED)

    def objectionable(self, now: datetime, days: int) -> Sanction:
        """Return the measure an objection (内部异议) is made against: the last in force, within its days.

        The last second of the last day counts. Raises ``Refusal``.
        """
        held = [sanction for sanction in self.sanctions if not sanction.revoked]
        if not held:
            raise Refusal("nothing-to-object", "没有可提出异议的处理", "no measure is in force to object to")
        if now >= held[-1].at + timedelta(days=days):
            raise Refusal(
                "objection-late",
                f"异议须在处理作出后{days}日内提出",
                f"an objection has to be made within {days} days",
            )
        return held[-1]

    def revoke(self, step: str, instead: Sanction | None, ladder: Ladder) -> Incident:
        """Return the file without that measure, and with a lighter one instead when there is one.

        Raises ``Refusal`` when ``instead`` is not lighter.
        """
        if instead is not None and ladder.place(instead.step) >= ladder.place(step):
            raise Refusal("not-lighter", "改变后的处理应当更轻", "what takes its place has to be lighter")
        kept = tuple(
            replace(each, revoked=True) if each.step == step and not each.revoked else each for each in self.sanctions
        )
        return replace(self, sanctions=kept if instead is None else (*kept, instead))

    def _require_open(self) -> None:
        if self.state is IncidentState.DISMISSED:
            raise Refusal("dismissed", "该情况已撤销立案", "this file was dismissed")


def last_day_to_object(at: date, days: int) -> date:
    """Return the day on which an objection to a measure of that day is still in time."""
    return at + timedelta(days=days)


def gravest(steps: Sequence[str], ladder: Ladder) -> str | None:
    """Return the gravest of some steps."""
    return max(steps, key=ladder.place, default=None)
