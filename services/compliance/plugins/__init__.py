"""Cards of the built-in plugins of compliance; their bodies are imported only when they are used."""

from shared.plugins import Manifest
from shared.wording import Words

_HERE = "services.compliance.plugins"


def _rule(slug: str, zh: str, en: str) -> Manifest:
    return Manifest(
        slug=slug,
        kind="compliance_rules",
        version="1.0.0",
        api_version="1",
        summary=Words(zh, en),
        body=f"{_HERE}.{slug}:RULE",
    )


LEAVE_LIMIT = _rule("leave_limit", "累计请假不超过总学时的规定比例", "Leave stays within its share of all hours")
ABSENCE_LIMIT = _rule("absence_limit", "旷课未达到退学天数", "Absence stays below the days that end a training")
ATTENDANCE_SHARE = _rule("attendance_share", "实际出勤达到规定比例", "Enough of the hours were attended")
REPORT_PASSED = _rule("report_passed", "研究报告合格", "The research report passed")
SANCTION_CEILING = _rule("sanction_ceiling", "未受较重处理", "No sanction above the one that still lets complete")
