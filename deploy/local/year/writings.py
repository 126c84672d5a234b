"""What trainees write: made-up reports that share no passage, and proposals."""

from __future__ import annotations

import random

from deploy.local.gateway_client import Attachment

_CLAUSES = (
    "基层反映台账过多", "数据口径尚未统一", "部门协同机制偏弱", "资金拨付节奏滞后", "项目前期准备不足",
    "走访了九个乡镇", "访谈干部六十余人", "查阅近三年档案", "比较了周边两市做法", "抽样核对办件记录",
    "群众满意度有所提升", "重复填报占用时间", "责任清单不够具体", "考核指标过于笼统", "培训内容与岗位脱节",
    "应急物资轮换不及时", "企业融资成本偏高", "土地流转手续繁琐", "生态补偿标准偏低", "产业链条仍不完整",
    "建议统一数据标准", "建议压减报表数量", "建议明确牵头单位", "建议设立专项周转金", "建议按季通报进展",
    "建议推行一次告知", "建议完善容错机制", "建议下沉专业力量", "建议建立案例库", "建议开展联合督查",
    "窗口人员流动较大", "信息系统互不连通", "村级组织负担较重", "监测对象识别不准", "跨区治理责任不清",
    "试点取得初步成效", "经验尚未形成制度", "宣传解读不够到位", "社会力量参与不足", "评估结果运用不够",
)  # fmt: skip
_LENGTH = 30


def report(title: str, number: int) -> Attachment:
    """Return a trainee's report as a text file; no two share more than a few words in a row."""
    dice = random.Random(f"{title}/{number}")  # noqa: S311 - made-up prose, no secret
    clauses = dice.sample(_CLAUSES, _LENGTH)
    marks = dice.choices(("，", "；", "。"), weights=(5, 1, 2), k=_LENGTH)
    body = "".join(clause + mark for clause, mark in zip(clauses, marks, strict=True))
    return Attachment("研究报告.txt", f"{title}\n\n{body.rstrip('，；。')}。\n".encode())
