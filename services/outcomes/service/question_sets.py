"""Entrypoints of question sets, each one line into a command or a query."""

from __future__ import annotations

from typing import Any

from services.enrollment.contract import QUESTIONS_FILED as ROSTER_QUESTIONS_FILED
from services.outcomes import contract
from services.outcomes.commands import question_sets as commands
from services.outcomes.queries import question_sets as queries
from shared.messaging import Call, Delivery, handles, serves
from shared.runtime import Kit


class QuestionSetEntrypoints:
    """What units file."""

    kit: Kit

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
