"""The outcomes service: entrypoints, each one line into a command or a query."""

from __future__ import annotations

from typing import Any

from services.enrollment.contract import QUESTIONS_FILED as ROSTER_QUESTIONS_FILED
from services.enrollment.contract import ROSTER_ADMITTED
from services.outcomes import commands, contract, queries, store
from services.scheduling.contract import TERM_MOVED, TERM_PLACED
from shared.messaging import Call, Delivery, handles, serves
from shared.runtime import Kit


class OutcomesService:
    """Question sets of units and terms."""

    name = "outcomes"
    kit = Kit(contract.CONTRACT, store.SCHEMA)

    @serves(contract.LIST_QUESTION_SETS)
    def list_question_sets(self, call: Call) -> dict[str, Any]:
        """List question sets."""
        return self.kit.query(call, queries.list_question_sets)

    @serves(contract.GET_QUESTION_SET)
    def get_question_set(self, call: Call) -> dict[str, Any]:
        """Show one question set."""
        return self.kit.query(call, queries.get_question_set)

    @serves(contract.FILE_QUESTIONS)
    def file_questions(self, call: Call) -> dict[str, Any]:
        """File questions and cases."""
        return self.kit.command(call, commands.file_questions)

    @handles(ROSTER_QUESTIONS_FILED)
    def on_roster_questions_filed(self, delivery: Delivery) -> None:
        """File what came with a roster."""
        self.kit.react(delivery, commands.record_roster_questions)

    @handles(ROSTER_ADMITTED)
    def on_roster_admitted(self, delivery: Delivery) -> None:
        """Expect a question set for the roster."""
        self.kit.react(delivery, commands.expect_questions)

    @handles(TERM_PLACED)
    def on_term_placed(self, delivery: Delivery) -> None:
        """Know the term."""
        self.kit.react(delivery, commands.record_term)

    @handles(TERM_MOVED)
    def on_term_moved(self, delivery: Delivery) -> None:
        """Know the term, should this news come first."""
        self.kit.react(delivery, commands.record_term)
