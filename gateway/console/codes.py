"""The Chinese of codes that services answer with where a page shows them; an unknown code is shown as it is."""

from __future__ import annotations

_ANYWHERE = {
    # people and places
    "filed": "已报送", "attested": "已认定", "accepted": "审核通过", "returned": "已退回", "refused": "未通过",
    "admitted": "已录取", "withdrawn": "已退出", "replaced": "已更换", "expelled": "责令退学", "not_reported": "未报到",
    "requested": "待审批", "approving": "审批中", "approved": "已批准", "cancelled": "已取消", "waiting": "等待中",
    "offered": "待答复", "declined": "已谢绝", "lapsed": "已过期", "removed": "已移出", "done": "已完成",
    # letters
    "transfer": "选调函", "admission": "入学通知书", "registered": "已登记", "printed": "待签发", "issued": "已印发",
    "unprintable": "无法生成", "void": "已作废", "awaited": "待回执", "received": "已回执", "overdue": "逾期未回执",
    "assigned": "已分派", "reached": "已知悉", "phone": "转电话", "dispatched": "已发出",
    # attendance and what follows from it
    "expected": "待报到", "reported": "已报到", "present": "出勤", "late": "迟到", "left_early": "早退",
    "leave": "请假",
    "absent": "旷课", "granted": "已批准", "open": "办理中", "acknowledged": "已确认", "opened": "待确认",
    "confirmed": "已确认", "sanctioned": "已处理", "dismissed": "已撤销", "kept": "不予退学", "dissolved": "已撤销",
    "illness": "病假", "family": "家庭事务", "duty": "公务", "congress": "重要会议", "other": "其他",
    "head_teacher": "班主任", "academic_affairs": "教务处", "school_leader": "校领导",
    "organisation_department": "组织部",
    "party_school": "党校", "out": "赴校报到", "back": "返程", "departed": "已出发", "arrived": "已到达",
    "missing": "未按时到达", "found": "已联系到",
    # completion, reports, questions, proposals
    "completed": "结业", "not_completed": "不予结业", "pending": "待定", "excellent": "优秀", "good": "良好",
    "qualified": "合格", "failed": "不合格", "annulled": "取消成绩", "not_submitted": "未提交",
    "drafting": "起草中", "submitted": "已提交",
    "held": "核查中", "ready": "待评审", "in_review": "评审中", "graded": "已评定", "unmatched": "未对应课次",
    "handed_over": "已转交", "answered": "已解答", "used": "已采用", "not_covered": "未涉及", "receipted": "已回执",
    "closed": "已办结", "proposed": "待审定", "forwarded": "已转送", "adopted": "已采纳", "partly_adopted": "部分采纳",
    "question": "问题", "case": "案例",
    # teaching
    "planned": "未排期", "placed": "已排期", "invited": "待答复", "superseded": "已由新安排取代", "morning": "上午",
    "afternoon": "下午", "evening": "晚上", "lecture": "讲授", "discussion": "研讨", "field": "现场教学",
    "self_study": "自学", "epidemic": "疫情防控", "weather": "天气", "venue": "场地", "running": "进行中",
    "training": "培训班", "seminar": "研讨班",
    # steps of conduct
    "admonition": "约谈提醒", "criticism": "通报批评", "void_grade": "取消成绩", "withdrawal": "责令退学",
    "-": "未作处理",
    "left_school": "擅自离校", "banquet": "违规宴请、娱乐", "gifts": "收送礼品礼金", "authorship": "抄袭、代写",
    "vehicle": "公车驻校", "clique": "搞小圈子", "leave_limit": "请假超过限额", "absence_limit": "旷课超过限额",
    "consent_withdrawn": "撤回同意", "expired": "期满删除",
    # channels
    "email": "邮件", "sms": "短信", "fax": "传真", "simulated_email": "邮件（模拟）", "simulated_sms": "短信（模拟）",
    "simulated_fax": "传真（模拟）", "outbox_folder": "发件目录", "smtp": "邮件", "sms_gateway": "短信",
    "fax_folder": "传真", "apprise_email": "邮件", "apprise_sms": "短信",
}  # fmt: skip
# What the same code means beside one subject only.
_BESIDE = {
    "invitation": {"withdrawn": "已撤回", "declined": "已谢绝", "lapsed": "逾期未答复"},
    "proposal": {"declined": "未采纳", "withdrawn": "已撤回", "filed": "待转送"},
    "report": {"withdrawn": "已退学", "filed": "已上传"},
    "case": {"open": "待决定", "withdrawn": "已退学"},
    "phone": {"open": "待分派", "done": "已办结"},
}


def said(code: str | None, beside: str = "") -> str:
    """Return a code's Chinese, as it is meant beside a subject."""
    return "" if code is None else _BESIDE.get(beside, {}).get(code) or _ANYWHERE.get(code, code)
