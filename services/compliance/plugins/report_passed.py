"""Completion takes a research report that passed."""

from services.compliance.domain.rules import Stage, TraineeFacts, Verdict, broken, met, pending
from shared.policies import Policies

_SOURCE = (
    "2020年公务员培训计划：每名学员撰写研究报告；考核合格方可结业为地方做法 / "
    "the 2020 plan asks a report of everybody; that it must pass is local practice"
)


class ReportPassed:
    """Judges the grade outcomes gave; without one it waits."""

    stages = frozenset({Stage.COMPLETION})

    def judge(self, facts: TraineeFacts, policies: Policies) -> Verdict:
        """Return the verdict."""
        if facts.report_passed is None:
            return pending("研究报告尚未评定", "the research report is not graded yet", _SOURCE)
        if "void_grade" in facts.sanctions:
            return broken("研究报告成绩已被取消", "the grade of the report was made void", _SOURCE)
        if not facts.report_passed:
            return broken("研究报告不合格", "the research report did not pass", _SOURCE)
        return met("研究报告合格", "the research report passed", _SOURCE)


RULE = ReportPassed()
