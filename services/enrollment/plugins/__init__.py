"""Cards of the built-in plugins of enrollment; their bodies are imported only when they are used."""

from shared.plugins import Manifest
from shared.wording import Words

_HERE = "services.enrollment.plugins"


def _rule(slug: str, zh: str, en: str) -> Manifest:
    return Manifest(
        slug=slug,
        kind="eligibility_rules",
        version="1.0.0",
        api_version="1",
        summary=Words(zh, en),
        body=f"{_HERE}.{slug}:RULE",
    )


def _importer(slug: str, zh: str, en: str, needs: tuple[str, ...] = (), fallback: bool = False) -> Manifest:
    return Manifest(
        slug=slug,
        kind="importers",
        version="1.0.0",
        api_version="1",
        summary=Words(zh, en),
        body=f"{_HERE}.{slug}:READER",
        capabilities=("roster",),
        fallback=fallback,
        needs=needs,
    )


OVERLAPPING_TERMS = _rule("overlapping_terms", "不得参加日期重叠的班次", "Nobody in two terms that share a day")
DUPLICATE_NOMINATION = _rule("duplicate_nomination", "同一期不得重复推荐", "Nobody nominated twice for one term")
SAME_THEME = _rule("same_theme", "同主题重复培训提醒", "Warns of the same theme within a window")
ATTESTATIONS_COMPLETE = _rule("attestations_complete", "三项条件须经单位认定", "The three attestations are signed")
VALID_IDENTITY = _rule("valid_identity", "公民身份号码须有效", "The identity number holds")
POST_AND_RANK = _rule("post_and_rank", "职务职级应填写齐全", "Post and rank are given")
UNIT_QUOTA = _rule("unit_quota", "推荐不超过单位名额", "The unit keeps within its places")
TERM_STILL_OPEN = _rule("term_still_open", "不得推荐已结束的班次", "The term is not over")
RANK_CONDITIONS = _rule("rank_conditions", "符合班次的职级职务条件", "Rank and post are what the programme asks")
NOMINATION_WINDOW = _rule("nomination_window", "报名截止日期", "Nominations close on a day")
HEAD_CAP = _rule("head_cap", "单位人数不超过上限", "No more people of one unit than its cap")
HOURS_GAP = _rule("hours_gap", "学时不足者优先", "Those who lack hours go first")

ROSTER_XLSX = _importer(
    "roster_xlsx", "读取.xlsx名单", "Reads rosters in .xlsx", ("module:openpyxl", "module:defusedxml")
)
ROSTER_XLS = _importer("roster_xls", "读取旧版.xls名单", "Reads rosters in .xls", ("module:xlrd", "module:openpyxl"))
ROSTER_CSV = _importer(
    "roster_csv", "读取文本名单", "Reads rosters as separated text", ("module:openpyxl",), fallback=True
)
