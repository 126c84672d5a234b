"""A year's figures as the services would tell them, with enough in them to be drawn."""

from __future__ import annotations

from typing import Any

from tests.unit.gateway.fakes import FakeRpc

_UNITS = (
    "东湖区委",
    "南山区委",
    "北港区委",
    "市财政局",
    "市商务局",
    "市应急管理局",
    "江城经济开发区党工委",
    "市卫生健康委员会",
)
_TERMS = tuple(f"推进国家治理体系和治理能力现代化专题培训班 第{number}期" for number in (1, 2, 3))


def _figure(
    key: str, title: str, unit: str, value: float | None, columns: dict[str, str], rows: list[tuple[Any, ...]]
) -> dict[str, Any]:
    return {
        "key": key,
        "title": {"zh": title, "en": key},
        "unit": unit,
        "value": value,
        "columns": [{"key": name, "title": {"zh": zh, "en": name}} for name, zh in columns.items()],
        "rows": [dict(zip(columns, row, strict=True)) for row in rows],
    }


def answer_for_a_year(rpc: FakeRpc) -> None:
    """Answer every service's figures."""
    enrollment = [
        _figure(
            "nominations",
            "推荐与录取",
            "people",
            1142,
            {"unit": "单位", "nominated": "推荐", "accepted": "审核通过", "admitted": "录取"},
            [(unit, 70 + 3 * n, 66 + 2 * n, 60 + 2 * n) for n, unit in enumerate(_UNITS)],
        ),
        _figure(
            "punctuality",
            "按时推荐",
            "percent",
            97.2,
            {"unit": "单位", "in_time": "按时", "late": "逾期"},
            [(unit, 64 - n, n % 3) for n, unit in enumerate(_UNITS)],
        ),
        _figure(
            "quota_use",
            "名额使用率",
            "percent",
            96.4,
            {"unit": "单位", "places": "名额", "used": "已用"},
            [(unit, 64, 64 - n) for n, unit in enumerate(_UNITS)],
        ),
        _figure(
            "replacements",
            "更换人选",
            "people",
            9,
            {
                "cause": "原因",
                "approved": "已更换",
                "late_approved": "逾期获准",
                "refused": "未通过",
                "late_refused": "逾期未准",
                "cancelled": "撤销",
                "pending": "待办",
            },
            [("因公出差", 4, 1, 0, 1, 0, 0), ("健康原因", 3, 0, 0, 0, 1, 0), ("岗位变动", 1, 0, 1, 0, 0, 1)],
        ),
        _figure(
            "hours_gap",
            "学时缺口",
            "hours",
            1830,
            {"unit": "单位", "gap_hours": "缺口学时", "forecast_gap_hours": "预计仍缺"},
            [(unit, 300 - 20 * n, 90 - 9 * n) for n, unit in enumerate(_UNITS)],
        ),
        _figure("transfers", "名额调剂", "items", 0, {"kind": "方式", "count": "次数"}, []),
    ]
    rpc.answer("get_enrollment_figures", {"figures": enrollment})
    months = [f"2020-{month:02}" for month in range(5, 12)]
    compliance = [
        _figure(
            "leave_heat",
            "请假热力图（单位与月份）",
            "hours",
            214,
            {"unit_id": "单位", "month": "月份", "leave_hours": "请假学时"},
            [(unit, month, (3 * n + 5 * m) % 17) for n, unit in enumerate(_UNITS) for m, month in enumerate(months)],
        ),
        _figure(
            "attendance",
            "出勤率",
            "percent",
            97.6,
            {"term": "班次", "attended_hours": "出勤学时", "leave_hours": "请假学时", "absent_hours": "旷课学时"},
            [(term, 1880, 36, 4) for term in _TERMS],
        ),
        _figure(
            "completions",
            "结业人数",
            "people",
            138,
            {"term": "班次", "completed": "结业", "not_completed": "不予结业", "pending": "待定"},
            [(term, 46, 1, 0) for term in _TERMS],
        ),
    ]
    rpc.answer("get_compliance_figures", {"figures": compliance})
    load = [(f"{name}教授", 40 - 3 * n, 10 - n // 2) for n, name in enumerate("文梁邱陆沈韩")]
    scheduling = [
        _figure(
            "lecturer_load",
            "教师授课学时",
            "hours",
            186,
            {"lecturer": "教师", "hours": "学时", "sessions": "课次"},
            load,
        )
    ]
    rpc.answer("get_scheduling_figures", {"figures": scheduling})
    outcomes = [
        _figure(
            "question_coverage",
            "问题解答覆盖率",
            "percent",
            84.0,
            {
                "term": "班次",
                "answered": "已解答",
                "used": "已采用",
                "handed_over": "已转交待答",
                "waiting": "待转交",
                "unmatched": "未对应课次",
                "not_covered": "未涉及",
            },
            [(term, 9, 3, 2, 0, 1, 1) for term in _TERMS],
        ),
        _figure(
            "proposal_adoption",
            "政策建议采纳率",
            "percent",
            62.5,
            {
                "unit_id": "单位",
                "adopted": "采纳",
                "partly_adopted": "部分采纳",
                "declined": "未采纳",
                "unanswered": "待答复",
            },
            [("市财政局", 2, 1, 1, 0), ("市卫生健康委员会", 1, 1, 1, 2)],
        ),
    ]
    rpc.answer("get_outcomes_figures", {"figures": outcomes})
    letters = {"unit": "单位", "on_time": "按时", "late": "逾期", "open": "未回执"}
    told = [(unit, 58 - n, n, n % 2) for n, unit in enumerate(_UNITS)]
    rpc.answer(
        "get_notification_figures",
        {"figures": [_figure("acknowledgements", "按时回执", "percent", 93.1, letters, told)]},
    )
