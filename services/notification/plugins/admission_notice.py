"""入学通知书: the Party school tells a trainee when and where to come."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.notification.domain.facts import Facts, LetterKind
from services.notification.domain.wording import full_post, long_date, period, printable, short_date
from services.notification.plugins.wording import contact_parts, issuer, numbered, place, template


class AdmissionNotice:
    """Words the admission notice of the one trainee in the facts; fields as compiled in the domain rules, 4.2."""

    kind: LetterKind = "admission"

    def __init__(self, bring: str, health: str) -> None:
        self._bring = bring
        self._health = health

    def template(self) -> str:
        """Return the typst source."""
        return template("admission_notice")

    def compose(self, facts: Facts, number: str, dated: date) -> dict[str, Any]:
        """Return what the template shows."""
        term, trainee = facts.term, facts.trainees[0]
        post = printable(full_post(trainee.workplace, trainee.post))
        return {
            "issuer": issuer(facts),
            "number": number,
            "date": long_date(dated),
            "title": ["入学通知书"],
            "addressee": f"{printable(trainee.name)}同志",
            "paragraphs": [
                f"经审核，录取你{f'（{post}）' if post else ''}为{printable(term.title)}学员。有关事项通知如下。",
                *numbered(
                    (
                        "时间和地点",
                        f"{period(term.starts_on, term.ends_on)}，学制{term.days}天。"
                        f"{short_date(term.reports_on)}{term.report_hours}到{place(term, address=True)}报到。",
                    ),
                    ("随带物品", self._bring),
                    ("学习任务", "撰写研究报告，提出政策建议。"),
                    ("请假规定", "确需请假的，应事先办理手续。"),
                    ("健康申报", self._health),
                ),
            ],
            "contact": contact_parts(facts.issuer.contact),
        }
