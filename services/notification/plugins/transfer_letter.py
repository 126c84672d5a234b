"""选调函: the organisation department asks a unit to send the people it admitted."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.notification.domain.facts import Facts, LetterKind
from services.notification.domain.wording import full_post, long_date, period, printable, short_date, title_lines
from services.notification.plugins.wording import contact_parts, issuer, numbered, place, template

_SEX = {"male": "男", "female": "女", "m": "男", "f": "女"}


class TransferLetter:
    """Words the transfer letter; fields as compiled in the domain rules, 4.2 (no official template is known)."""

    kind: LetterKind = "transfer"

    def __init__(self, fees: str, epidemic: str, copies: str) -> None:
        self._fees = fees
        self._epidemic = epidemic
        self._copies = copies

    def template(self) -> str:
        """Return the typst source."""
        return template("transfer_letter")

    def compose(self, facts: Facts, number: str, dated: date) -> dict[str, Any]:
        """Return what the template shows."""
        term = facts.term
        name = printable(term.title)
        return {
            "issuer": issuer(facts),
            "number": number,
            "date": long_date(dated),
            "title": title_lines(f"关于选调学员参加{name}的函"),
            "addressee": printable(facts.unit_title),
            "paragraphs": [self._opening(facts, name), *self._sections(facts)],
            "contact": contact_parts(facts.issuer.contact),
            "copies": f"{self._copies}。" if self._copies else "",
            "annex": {
                "title": f"{name}学员名单",
                "heading": title_lines(f"{name}学员名单"),
                "rows": [
                    {
                        "name": printable(trainee.name),
                        "sex": _SEX.get(trainee.sex.lower(), printable(trainee.sex)),
                        "post": printable(full_post(trainee.workplace, trainee.post)),
                        "rank": printable(trainee.rank),
                        "class": f"第{term.ordinal}期",
                    }
                    for trainee in facts.trainees
                ],
            },
        }

    def _opening(self, facts: Facts, name: str) -> str:
        return (
            f"根据{facts.term.starts_on.year}年公务员培训计划，{name}即将开班。经审核，"
            f"决定选调你单位{len(facts.trainees)}名同志参加学习，有关事项函告如下。"
        )

    def _sections(self, facts: Facts) -> list[dict[str, str]]:
        term = facts.term
        by = f"{short_date(term.replace_by)}前" if term.replace_by else ""
        notice = f"提前{term.notice_days}{'个工作日' if term.notice_in_working_days else '天'}"
        return numbered(
            (
                "时间和地点",
                f"{period(term.starts_on, term.ends_on)}，学制{term.days}天，在{place(term)}举办。"
                f"学员于{short_date(term.reports_on)}{term.report_hours}报到。",
            ),
            ("选调条件", "学员所任工作应与培训主题密切相关，有发展潜力，身体健康。名单见附件。"),
            ("更换人选", f"因故确需更换的，应{notice}{f'（{by}）' if by else ''}向市委组织部报告，经同意后方可更换。"),
            (
                "问题和案例",
                "学员关注的重点难点问题或典型案例，由你单位汇总后随名单报送；尚未报送的，"
                f"{f'于{by}' if by else '尽快'}补报。",
            ),
            (
                "学员管理",
                "开班前做好纪律提醒，学习期间保持联系、跟踪管理，结业后及时掌握返程返岗情况；"
                "尽可能统一报到、统一返程，注意身心健康，确保安全。",
            ),
            ("疫情防控", self._epidemic),
            ("培训费用", self._fees),
        )
