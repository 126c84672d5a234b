"""Headings of rosters and the field each stands for."""

from __future__ import annotations

import re
import unicodedata

SYNONYMS: dict[str, tuple[str, ...]] = {
    "number": ("序号", "编号", "顺序号", "no"),
    "name": ("姓名", "名字", "学员姓名", "人员姓名", "参训人员", "参训人员姓名", "推荐人选", "推荐人选姓名", "name"),
    "sex": ("性别", "sex", "gender"),
    "ethnicity": ("民族", "族别"),
    "born": ("出生年月", "出生日期", "出生年月日", "出生时间", "生日"),
    "political_status": ("政治面貌", "党派", "政治面目", "是否党员"),
    "education": ("学历", "文化程度", "最高学历", "学历学位", "全日制学历", "学位"),
    "workplace": (
        "单位",
        "工作单位",
        "所在单位",
        "单位名称",
        "单位全称",
        "现工作单位",
        "部门",
        "单位及部门",
        "所在部门",
    ),
    "post": (
        "职务",
        "现任职务",
        "职务全称",
        "职位",
        "现职务",
        "行政职务",
        "单位及职务",
        "工作单位及职务",
        "单位职务",
        "单位及职务全称",
    ),
    "rank": ("职级", "现职级", "现任职级", "级别", "职务层次", "职级层次", "行政级别", "职称"),
    "id_number": (
        "身份证号",
        "身份证号码",
        "公民身份号码",
        "公民身份证号",
        "公民身份证号码",
        "居民身份证号",
        "居民身份证号码",
        "身份证",
        "证件号码",
        "证件号",
        "身份号码",
    ),
    "phone": (
        "手机",
        "手机号",
        "手机号码",
        "联系电话",
        "联系方式",
        "电话",
        "电话号码",
        "移动电话",
        "联系手机",
        "本人手机",
    ),
    "programme": (
        "班次",
        "培训班",
        "培训班名称",
        "班次名称",
        "培训班次",
        "班次序号",
        "班次编号",
        "参加班次",
        "班级",
        "拟参加班次",
        "拟参训班次",
        "调训班次",
        "培训主题",
        "专题",
        "专题名称",
        "拟报班次",
        "拟报到班次",
        "报名班次",
    ),
    "term": ("期次", "期", "第几期", "期数", "培训期次", "参加期次", "拟参加期次", "拟报期次", "拟报到期次", "期别"),
    "question": (
        "重点难点问题",
        "难点问题",
        "问题",
        "关心的重点难点问题",
        "重点难点",
        "关注问题",
        "关心关注的重点难点问题",
        "热点难点问题",
    ),
    "case": ("典型案例", "案例", "工作案例", "案例名称"),
    "arrival": ("拟报到时间", "拟报到日期", "报到时间", "报到日期", "预计报到时间"),
    "diet": ("饮食禁忌", "饮食要求", "清真", "民族饮食"),
    "remark": ("备注", "说明", "其他说明", "备注说明"),
}
TITLES = {
    "name": "姓名",
    "sex": "性别",
    "ethnicity": "民族",
    "born": "出生年月",
    "political_status": "政治面貌",
    "education": "学历",
    "workplace": "工作单位",
    "post": "职务",
    "rank": "职级",
    "id_number": "身份证号",
    "phone": "手机号",
    "programme": "班次",
    "term": "期次",
    "question": "重点难点问题",
    "case": "典型案例",
    "remark": "备注",
}
REQUIRED = ("name", "id_number")

_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")
_NOISE = re.compile(r"[\s:：*＊、,，.。;；/\\|·\-—_“”\"']+")


def bare(label: str) -> str:
    """Return a heading without width variants, spaces, brackets with their content and punctuation."""
    text = unicodedata.normalize("NFKC", label)
    return _NOISE.sub("", _BRACKETS.sub("", text)).lower()


_FIELD_OF = {bare(label): field for field, labels in SYNONYMS.items() for label in labels}


def field_of(label: str) -> str | None:
    """Return the field a heading stands for, or ``None``."""
    return _FIELD_OF.get(bare(label)) if len(label) <= 60 else None
