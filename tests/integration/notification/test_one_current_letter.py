"""Whatever happens to a roster: each admitted person has exactly one current letter, and nobody else has any.

The same for certificates: each person whose completion is confirmed holds exactly one, and nobody else any.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.notification import contract
from services.scheduling.contract import TERM_MOVED
from tests.fixtures.store import MakeStore
from tests.integration.notification.notification_city import TERM_DATA, UNIT, City

NAMES = ("张伟", "李娜", "王芳", "赵敏")
DOINGS = ("admit", "leave", "announce", "rename", "move", "void", "issue", "complete", "fail", "revoke", "reissue")
ON_THE_STORE = settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
HISTORIES = st.lists(st.tuples(st.sampled_from(DOINGS), st.integers(0, 7)), min_size=4, max_size=10)


class History:
    """One term of the city, on which things are done one after the other."""

    def __init__(self, city: City, term_id: str) -> None:
        self.city, self.term_id = city, term_id
        self.version = 1
        self.barred: set[str] = set()
        city.trainees.clear()
        city.completions.clear()
        city.place_term(term_id=term_id)

    def do(self, doing: str, which: int) -> None:
        doings: dict[str, Callable[[int], None]] = {name: getattr(self, f"_{name}") for name in DOINGS}
        doings[doing](which)
        # Events of rosters arrive late, or again: the next one brings everything up to what holds now.
        if doing != "leave":
            self.city.roster_admitted(term_id=self.term_id)
        self.city.settle()

    def _admit(self, which: int) -> None:
        self.city.admit(NAMES[which % 4], term_id=self.term_id)
        # Unique over the whole history, also after somebody left.
        self.city.trainees[-1]["nomination_id"] = f"{self.term_id}_{self.version}_{len(self.city.trainees)}_{which}"
        self.version += 1

    def _leave(self, which: int) -> None:
        gone = self._somebody(which)
        if gone is not None:
            self.city.trainees.remove(gone)
            self.city.completions.pop(gone["nomination_id"], None)
        self._issue(which)
        self.city.harness.call(contract.ISSUE_CERTIFICATES, {"term_id": self.term_id})

    def _announce(self, which: int) -> None:
        self.city.roster_admitted(term_id=self.term_id)

    def _rename(self, which: int) -> None:
        somebody = self._somebody(which)
        if somebody is not None:
            somebody["name"] = NAMES[(which + 1) % 4]

    def _move(self, which: int) -> None:
        self.version += 1
        moved = {"term_id": self.term_id, "days": 2 + which, "version": self.version}
        self.city.harness.deliver(TERM_MOVED, {**TERM_DATA, **moved})

    def _void(self, which: int) -> None:
        held = self._letters()
        if held:
            letter_id = held[which % len(held)]["letter_id"]
            self.city.harness.call(contract.VOID_LETTER, {"letter_id": letter_id, "reason": "措辞不当"})

    def _issue(self, which: int) -> None:
        self.city.harness.call(contract.ISSUE_LETTERS, {"term_id": self.term_id, "unit_id": UNIT})

    def _complete(self, which: int) -> None:
        somebody = self._somebody(which)
        if somebody is not None:
            self.city.decide(somebody["nomination_id"], hours=36 + which % 3)

    def _fail(self, which: int) -> None:
        somebody = self._somebody(which)
        if somebody is not None:
            self.city.decide(somebody["nomination_id"], completed=False)

    def _revoke(self, which: int) -> None:
        held = self.certificates()
        if held:
            chosen = held[which % len(held)]
            why = {"reason_code": "issued_in_error", "reason": "误发证书"}
            self.city.harness.call(contract.REVOKE_CERTIFICATE, {"certificate_id": chosen["certificate_id"], **why})
            self.barred.add(chosen["nomination_id"])

    def _reissue(self, which: int) -> None:
        held = self.certificates()
        if held:
            request = {"certificate_id": held[which % len(held)]["certificate_id"], "reason": "原件遗失"}
            self.city.harness.call(contract.REISSUE_CERTIFICATE, request)

    def _somebody(self, which: int) -> dict[str, Any] | None:
        return self.city.trainees[which % len(self.city.trainees)] if self.city.trainees else None

    def _letters(self) -> list[dict[str, Any]]:
        request = {"term_id": self.term_id, "current": True, "limit": 200}
        items: list[dict[str, Any]] = self.city.harness.call(contract.LIST_LETTERS, request)["items"]
        return items

    def certificates(self) -> list[dict[str, Any]]:
        request = {"term_id": self.term_id, "state": "issued", "limit": 200}
        items: list[dict[str, Any]] = self.city.harness.call(contract.LIST_CERTIFICATES, request)["items"]
        return items

    def check(self) -> None:
        admitted = {row["nomination_id"] for row in self.city.trainees}
        holders = Counter(letter["nomination_id"] for letter in self._letters())
        assert holders == Counter([*admitted, *([None] if admitted else [])])
        completed = {key for key, row in self.city.completions.items() if row["outcome"] == "completed"}
        held = Counter(row["nomination_id"] for row in self.certificates())
        assert held == Counter(completed - self.barred)


def test_each_admitted_person_has_exactly_one_current_letter(make_store: MakeStore, tmp_path: Path) -> None:
    city = City(make_store, tmp_path)
    terms = iter(range(1, 1000))

    @ON_THE_STORE
    @given(HISTORIES)
    def whatever_happens(doings: list[tuple[str, int]]) -> None:
        history = History(city, f"term_h{next(terms)}")
        for doing, which in doings:
            history.do(doing, which)
            history.check()

    whatever_happens()
