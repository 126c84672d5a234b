"""Refusals that follow from where a report stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from services.outcomes import contract
from services.outcomes.domain.report import NoSuchVersion, NotNow, Report, State, TooLate, TooManyVersions
from shared.errors import NotFound

T = TypeVar("T")

STATE_ZH = {
    State.DRAFTING: "撰写中",
    State.SUBMITTED: "已提交",
    State.HELD: "待核查相同段落",
    State.READY: "待评审",
    State.IN_REVIEW: "评审中",
    State.GRADED: "已评定",
    State.ANNULLED: "成绩已取消",
    State.WITHDRAWN: "学员已退出",
}


def stepped(step: Callable[[], T]) -> T:
    """Return what a step of a report gives; its refusals become faults."""
    try:
        return step()
    except NotNow as refused:
        raise _wrong_state(refused.state) from None
    except TooLate as refused:
        raise contract.ReportTooLate(
            f"期限为 {refused.last_on} 24时，现已超过；确有原因的，请由市委党校或组织部批准延期",
            f"the last day was {refused.last_on}; with good reason the organisers may grant a later one",
            last_on=refused.last_on.isoformat(),
        ) from None
    except NoSuchVersion:
        raise NotFound("报告没有这一稿，请核对稿次", "the report has no version of that number") from None
    except TooManyVersions:
        raise contract.WrongState(
            "稿次已达上限，请提交现有稿件", "no further version is taken; submit one of those there are"
        ) from None


def now_or_refuse(report: Report, *states: State) -> None:
    """Raise ``WrongState`` unless the report is in one of the states."""
    if report.state not in states:
        raise _wrong_state(report.state)


def _wrong_state(state: State) -> contract.WrongState:
    return contract.WrongState(
        f"研究报告当前为“{STATE_ZH[state]}”，不能进行此操作",
        f"the report is {state.value}; that cannot be done now",
        state=state.value,
    )
