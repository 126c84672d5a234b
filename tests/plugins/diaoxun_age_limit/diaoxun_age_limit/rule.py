"""The rule itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.enrollment.domain.eligibility import NominationFacts, Verdict, passed, refused, warned
from shared.policies import Policies


def age_on(day: date, born_on: date) -> int:
    """Return full years on ``day``; a birthday counts from its own day on, 29 February from 1 March."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


@dataclass(frozen=True)
class AgeLimit:
    """Nobody older than ``oldest`` full years on the first day of the term."""

    oldest: int
    strict: bool
    source: str

    def judge(self, facts: NominationFacts, policies: Policies) -> Verdict:
        """Return the verdict on one nomination."""
        if facts.born_on is None:
            return warned(
                "未能得知出生日期，请人工核实年龄",
                "the date of birth is not known; a person has to check the age",
                self.source,
            )
        age = age_on(facts.term.starts_on, facts.born_on)
        if age <= self.oldest:
            return passed(
                f"开班当日{age}周岁，不超过{self.oldest}周岁",
                f"{age} years old on the first day, the limit is {self.oldest}",
                self.source,
            )
        answer = refused if self.strict else warned
        return answer(
            f"开班当日{age}周岁，超过{self.oldest}周岁，请更换人选",
            f"{age} years old on the first day, above the limit of {self.oldest}; nominate somebody else",
            self.source,
        )
