"""Asking services on a page's behalf: the same operations, with the caller of whoever looks."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from flask import g

from gateway.contract import CONTRACT
from gateway.faults import Overloaded
from gateway.parts import here
from shared.context import Context
from shared.contracts import Operation
from shared.errors import DeadlineExceeded, Fault, Forbidden
from shared.messaging.permission import require_permission
from shared.security.caller import Caller

_log = structlog.get_logger("gateway")
MOST_PAGES = 20
# A page is looked at by somebody who waits: a service that is away costs its part, not the page.
PATIENCE = timedelta(seconds=8)
# Of one page a service answers so many questions at once: a page takes few of the gateway's seats, and one that waits
# for a service in vain still asks the others.
AT_ONCE = 2
_PAUSE = timedelta(seconds=0.1)


@dataclass(frozen=True)
class Asked:
    """One question of a page: an operation of a service by name, and its request.

    Of a list up to ``pages`` pages are read as one; its ``next_cursor`` says whether there are more.
    """

    service: str
    name: str
    request: Mapping[str, Any] = field(default_factory=dict)
    pages: int = 1


class Asking:
    """Asks operations by name; what cannot be had now is ``None`` and noted, so that the rest of the page stands.

    ``missing`` lists what nobody answered, in Chinese; ``away`` names the services that should have. What the caller
    may not ask is ``None`` too, but not missing, and so is what is refused as it was asked: ``refused`` names those.
    """

    def __init__(self, caller: Caller, patience: timedelta = PATIENCE) -> None:
        parts = here()
        self._caller = caller
        self._patience = patience
        self._seated_until = self._ends()
        self._rpc = parts.rpc
        self._operations = {
            (contract.name, each.name): each
            for contract in (*parts.contracts, CONTRACT)
            for each in contract.operations
        }
        self._surroundings = {"correlation_id": g.get("correlation_id"), "traceparent": g.get("traceparent")}
        self.missing: list[str] = []
        self.away: set[str] = set()
        self.refused: set[str] = set()

    def ask(self, service: str, name: str, **request: Any) -> dict[str, Any] | None:
        """Return the reply, or ``None`` when the caller may not ask or nobody answers."""
        return self._answer(Asked(service, name, request), self._ends())

    def may(self, service: str, name: str) -> bool:
        """Return whether an operation is installed here and open to the caller, whatever is asked of it."""
        operation = self._operations.get((service, name))
        if operation is None:
            return False
        try:
            require_permission(service, operation, self._caller)
        except Forbidden:
            return False
        return True

    def together(self, questions: Mapping[str, Asked]) -> dict[str, dict[str, Any] | None]:
        """Ask several at once, and have all answers within the patience that one question has.

        Each service answers ``AT_ONCE`` of them at a time; what has not had its turn by then counts as not answered.
        """
        answers: dict[str, dict[str, Any] | None] = dict.fromkeys(questions)
        ends = self._ends()
        by_service: dict[str, list[tuple[str, Asked]]] = {}
        for key, question in questions.items():
            by_service.setdefault(question.service, []).append((key, question))

        broken: list[Exception] = []

        def work(line: Iterator[tuple[str, Asked]]) -> None:
            try:
                for key, question in line:  # the iterator of a list gives each item to one thread
                    answers[key] = self._answer(question, ends)
            except Exception as error:  # no fault of a service but ours: not a page with holes that nobody notes
                broken.append(error)

        threads = [
            threading.Thread(target=work, args=(line,), daemon=True)
            for line in map(iter, by_service.values())
            for _ in range(AT_ONCE)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if broken:
            raise broken[0]
        return answers

    def rows(self, service: str, name: str, **request: Any) -> list[dict[str, Any]]:
        """Return all items of a list operation."""
        reply = self._answer(Asked(service, name, request, MOST_PAGES), self._ends())
        return [] if reply is None else list(reply["items"])

    def _ends(self) -> datetime:
        return datetime.now(UTC) + self._patience

    def _answer(self, question: Asked, ends: datetime) -> dict[str, Any] | None:
        found: dict[str, Any] | None = None
        request = dict(question.request)
        for _ in range(question.pages):
            page = self._page(question, request, ends)
            if page is None:
                break
            found = page if found is None else {**page, "items": [*found["items"], *page["items"]]}
            if not page.get("next_cursor"):
                break
            request["cursor"] = page["next_cursor"]
        return found

    def _page(self, question: Asked, request: dict[str, Any], ends: datetime) -> dict[str, Any] | None:
        operation = self._operations.get((question.service, question.name))
        if operation is None:
            return None
        try:
            require_permission(question.service, operation, self._caller)
            return self._seated(question.service, operation, request, ends)
        except Forbidden:
            return None
        except Fault as fault:
            named = f"{question.service}.{question.name}"
            _log.warning("a page lacks data", operation=named, code=fault.code)
            if fault.status >= 500:  # nobody answered; a page that asks for what is not there yet lacks nothing
                self.missing.append(operation.summary.zh)
                self.away.add(question.service)
            else:
                self.refused.add(named)
            return None

    def _seated(self, service: str, operation: Operation, request: dict[str, Any], ends: datetime) -> dict[str, Any]:
        while (now := datetime.now(UTC)) < ends:
            deadline = min(ends, now + timedelta(seconds=operation.timeout))
            try:
                context = Context(self._caller, deadline=deadline, **self._surroundings)
                return self._rpc.call(service, operation, request, context)
            except Overloaded:  # nothing was sent, and a seat is free soon: mostly it was this page that took them
                if datetime.now(UTC) + _PAUSE >= min(ends, self._seated_until):
                    raise
                time.sleep(_PAUSE.total_seconds())
        raise DeadlineExceeded("页面已等待足够长的时间", "the page has waited long enough")
