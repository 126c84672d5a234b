"""Surveys of Plans and scheduling (计划与排期).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client.scheduling.types.surveys import (
    AnswerFields,
    QuestionFields,
    Ranking,
    Survey,
    SurveyAnswer,
    SurveyAnswerPage,
    SurveyRowPage,
)
from gateway.client.wire import UNSET, Caller, Unset, given


class SurveysCalls(Caller):
    """计划与排期 / Plans and scheduling: surveys."""

    def draft_survey(
        self,
        *,
        plan_id: str,
        title: str,
        questions: list[QuestionFields],
        introduction: str | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> Survey:
        """起草需求调研 / Draft a needs survey."""
        return self._wire.send(
            Survey,
            "POST",
            "/surveys",
            given(plan_id=plan_id, title=title, introduction=introduction, questions=questions),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def change_survey(
        self,
        *,
        survey_id: str,
        title: str | Unset = UNSET,
        introduction: str | Unset = UNSET,
        questions: list[QuestionFields] | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> Survey:
        """修改未发布的需求调研 / Change a survey that is not open yet."""
        return self._wire.send(
            Survey,
            "PATCH",
            "/surveys/{survey_id}",
            given(survey_id=survey_id, title=title, introduction=introduction, questions=questions),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def open_survey(
        self,
        *,
        survey_id: str,
        unit_ids: list[str],
        due_on: str,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> Survey:
        """发布需求调研 / Open a survey for units."""
        return self._wire.send(
            Survey,
            "POST",
            "/surveys/{survey_id}/opening",
            given(survey_id=survey_id, unit_ids=unit_ids, due_on=due_on),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def answer_survey(
        self,
        *,
        survey_id: str,
        unit_id: str,
        answers: list[AnswerFields],
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> SurveyAnswer:
        """单位填报培训需求 / Answer a survey for one's unit."""
        return self._wire.send(
            SurveyAnswer,
            "PUT",
            "/surveys/{survey_id}/answers/{unit_id}",
            given(survey_id=survey_id, unit_id=unit_id, answers=answers),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def close_survey(
        self, *, survey_id: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> Survey:
        """结束需求调研 / Close a survey."""
        return self._wire.send(
            Survey,
            "POST",
            "/surveys/{survey_id}/closing",
            given(survey_id=survey_id),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def list_surveys(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        plan_id: str | Unset = UNSET,
        state: Literal["draft", "open", "closed"] | Unset = UNSET,
    ) -> SurveyRowPage:
        """列出需求调研 / List surveys."""
        return self._wire.send(
            SurveyRowPage, "GET", "/surveys", given(cursor=cursor, limit=limit, plan_id=plan_id, state=state)
        )

    def get_survey(self, *, survey_id: str) -> Survey:
        """查看需求调研 / Show a survey."""
        return self._wire.send(Survey, "GET", "/surveys/{survey_id}", given(survey_id=survey_id))

    def get_survey_answer(self, *, survey_id: str, unit_id: str) -> SurveyAnswer:
        """查看一个单位的填报 / Show one unit's answers."""
        return self._wire.send(
            SurveyAnswer, "GET", "/surveys/{survey_id}/answers/{unit_id}", given(survey_id=survey_id, unit_id=unit_id)
        )

    def list_survey_answers(
        self, *, survey_id: str, cursor: str | Unset = UNSET, limit: int | Unset = UNSET
    ) -> SurveyAnswerPage:
        """列出各单位的填报 / List the units' answers."""
        return self._wire.send(
            SurveyAnswerPage,
            "GET",
            "/surveys/{survey_id}/answers",
            given(survey_id=survey_id, cursor=cursor, limit=limit),
        )

    def get_survey_ranking(self, *, survey_id: str) -> Ranking:
        """查看培训需求的主题排序 / Show the themes ranked by need."""
        return self._wire.send(Ranking, "GET", "/surveys/{survey_id}/ranking", given(survey_id=survey_id))
