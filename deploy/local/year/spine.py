"""The order of the year's parts around and after the main line."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Any

from deploy.local.journey import Journey
from deploy.local.year import (
    acknowledging,
    attending,
    briefing,
    closing,
    fees,
    health,
    postponing,
    proposals,
    questions,
    replacing,
    reports,
    travelling,
    wayside,
)
from services.scheduling.contract.terms import LIST_TERMS

Part = Callable[[Journey], str]
Week = list[dict[str, Any]]


def _spring(journey: Journey) -> Week:
    return _weeks(journey)[0]


def _summer(journey: Journey) -> list[Week]:
    return _weeks(journey)[1:]


def _weeks(journey: Journey) -> list[Week]:
    """Return the terms shown, as they lie now, those of one week together."""
    wanted = {term["term_id"] for term in journey.shown}
    now = [row for row in journey.gateway.pages(LIST_TERMS, {"plan_id": journey.plan_id}) if row["term_id"] in wanted]
    now.sort(key=lambda term: (term["starts_on"], term["programme_ordinal"]))
    return [list(week) for _, week in groupby(now, key=lambda term: term["starts_on"])]


def _brief_all(journey: Journey) -> str:
    followed = {term["term_id"] for term in journey.shown}
    briefing.brief(journey, [term for term in journey.terms if term["term_id"] not in followed], themselves=0)
    return briefing.brief(journey, _spring(journey))


def _hold_summer(journey: Journey) -> str:
    """Hold the terms that were postponed, in the weeks they were given."""
    told = []
    for week in _summer(journey):
        briefing.brief(journey, week)
        told.append(travelling.check_in(journey, week))
        told.append(attending.attend(journey, week, with_leave=False))
        told.append(travelling.return_to_post(journey, week))
    return "，".join(told)


AFTER_ADMISSION: tuple[tuple[str, Part], ...] = (
    ("候补与递补 / standby", replacing.wait_in_line),
    ("回执 / acknowledgements", acknowledging.acknowledge),
    ("缴纳培训费 / pay fees", lambda journey: fees.pay(journey, journey.shown)),
    ("更换人选 / replacements", replacing.replace_people),
    ("转交重点难点问题 / hand questions over", lambda journey: questions.hand_over(journey, _spring(journey))),
    ("逾期未回执电话联系 / phone", acknowledging.ring_up),
    ("纪律提醒 / briefing", _brief_all),
    ("健康申报 / health", lambda journey: health.declare(journey, _spring(journey)[0])),
    ("集中报到 / travel and check-in", lambda journey: travelling.travel_out(journey, _spring(journey))),
    ("上课与请假 / sessions and leave", lambda journey: attending.attend(journey, _spring(journey), with_leave=True)),
    ("答复问题 / answer questions", lambda journey: questions.answer(journey, _spring(journey))),
    ("集中返程 / travel back", lambda journey: travelling.travel_back(journey, _spring(journey))),
    ("返岗 / return to post", lambda journey: travelling.return_to_post(journey, _spring(journey))),
    ("退学退费 / refund", lambda journey: fees.refund(journey, journey.terms, "expulsion")),
    ("研究报告 / reports", lambda journey: reports.write_reports(journey, _spring(journey)[0])),
    ("政策建议 / proposals", lambda journey: proposals.propose(journey, _spring(journey)[0])),
    ("健康信息清除 / purge", lambda journey: health.purge(journey, _spring(journey)[0])),
    ("研究报告评阅 / reviews", lambda journey: reports.review_reports(journey, _spring(journey)[0])),
    ("疫情延期 / postpone", postponing.postpone),
    ("延期退费 / refund", lambda journey: fees.refund(journey, journey.terms, "retiming")),
    ("结业 / completion", lambda journey: closing.complete(journey, _spring(journey)[:1])),
    ("延期各期开班 / the postponed terms", _hold_summer),
    ("政策建议 3 个月跟踪 / followed", lambda journey: proposals.follow(journey, 3)),
    ("政策建议 6 个月跟踪 / followed", lambda journey: proposals.follow(journey, 6)),
    ("结算 / settle", lambda journey: fees.settle(journey, _spring(journey)[0])),
    ("归档 / archives", lambda journey: closing.archive(journey, _spring(journey)[:1])),
    ("年末 / the year ends", wayside.end_the_year),
)
