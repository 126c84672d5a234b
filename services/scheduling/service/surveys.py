"""Entrypoints: needs surveys."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from services.scheduling.commands import surveys
from services.scheduling.contract import surveys as contract
from services.scheduling.queries import surveys as survey_queries
from services.scheduling.service.desk import Desk
from shared.messaging import Call, serves, ticks


class SurveyEntrypoints(Desk):
    """Needs surveys."""

    @serves(contract.DRAFT_SURVEY)
    def draft_survey(self, call: Call) -> dict[str, Any]:
        """Draft a survey."""
        return self.kit.command(call, surveys.draft_survey)

    @serves(contract.CHANGE_SURVEY)
    def change_survey(self, call: Call) -> dict[str, Any]:
        """Change a draft."""
        return self.kit.command(call, surveys.change_survey)

    @serves(contract.OPEN_SURVEY)
    def open_survey(self, call: Call) -> dict[str, Any]:
        """Open a survey."""
        return self.kit.command(call, surveys.open_survey)

    @serves(contract.ANSWER_SURVEY)
    def answer_survey(self, call: Call) -> dict[str, Any]:
        """Take a unit's answers."""
        return self.kit.command(call, surveys.answer_survey)

    @serves(contract.CLOSE_SURVEY)
    def close_survey(self, call: Call) -> dict[str, Any]:
        """Close a survey."""
        return self.kit.command(call, surveys.close_survey)

    @serves(contract.LIST_SURVEYS)
    def list_surveys(self, call: Call) -> dict[str, Any]:
        """List surveys."""
        return self.kit.query(call, survey_queries.list_surveys)

    @serves(contract.GET_SURVEY)
    def get_survey(self, call: Call) -> dict[str, Any]:
        """Show a survey."""
        return self.kit.query(call, survey_queries.get_survey)

    @serves(contract.GET_SURVEY_ANSWER)
    def get_survey_answer(self, call: Call) -> dict[str, Any]:
        """Show one unit's answers."""
        return self.kit.query(call, survey_queries.get_survey_answer)

    @serves(contract.LIST_SURVEY_ANSWERS)
    def list_survey_answers(self, call: Call) -> dict[str, Any]:
        """List answers."""
        return self.kit.query(call, survey_queries.list_survey_answers)

    @serves(contract.GET_SURVEY_RANKING)
    def get_survey_ranking(self, call: Call) -> dict[str, Any]:
        """Rank the themes."""
        return self.kit.query(call, survey_queries.get_survey_ranking)

    @ticks("surveys", every=timedelta(hours=1))
    def close_due_surveys(self, slot: datetime) -> None:
        """Close surveys whose last day is over."""
        self.kit.tick(slot, "surveys").transact(surveys.close_due_surveys)
