"""Cards of the built-in plugins of scheduling; their bodies are imported only when they are used."""

from shared.plugins import Manifest
from shared.wording import Words

_HERE = "services.scheduling.plugins"


def _importer(slug: str, zh: str, en: str, needs: tuple[str, ...] = ()) -> Manifest:
    return Manifest(
        slug=slug,
        kind="importers",
        version="1.0.0",
        api_version="1",
        summary=Words(zh, en),
        body=f"{_HERE}.{slug}:READER",
        capabilities=("notice",),
        needs=needs,
    )


def _timetable(slug: str, body: str, zh: str, en: str, needs: tuple[str, ...]) -> Manifest:
    return Manifest(
        slug=slug,
        kind="schedulers",
        version="1.0.0",
        api_version="1",
        summary=Words(zh, en),
        body=f"services.scheduling.timetable.{body}",
        capabilities=("timetable",),
        needs=needs,
    )


CP_SAT = Manifest(
    slug="cp_sat",
    kind="schedulers",
    version="1.0.0",
    api_version="1",
    summary=Words("CP-SAT 精确排期，给出最优证明或差距", "Places terms by CP-SAT, with a proof or a bound"),
    body=f"{_HERE}.cp_sat:CpSatScheduler",
    capabilities=("year", "bound"),
    needs=("module:ortools",),
)
GREEDY = Manifest(
    slug="greedy",
    kind="schedulers",
    version="1.0.0",
    api_version="1",
    summary=Words("贪心排期，即时得到可行安排", "Places terms greedily, at once"),
    body=f"{_HERE}.greedy:GreedyScheduler",
    capabilities=("year",),
)
TIMETABLE_EXACT = _timetable(
    "timetable_exact",
    "exact:ExactScheduler",
    "CP-SAT 精确排课，给出最优证明或下界",
    "Makes timetables by CP-SAT, with a proof or a bound",
    ("module:ortools",),
)
TIMETABLE_SEARCH = _timetable(
    "timetable_search",
    "search:SearchScheduler",
    "模拟退火搜索排课，用满全部核心，同一种子可重复",
    "Makes timetables by annealing on every core, repeatable for a seed",
    ("module:numba", "module:ortools"),
)
TIMETABLE_PORTFOLIO = _timetable(
    "timetable_portfolio",
    "portfolio:PortfolioScheduler",
    "搜索与 CP-SAT 配合排课，互相传递更好的课表",
    "Makes timetables by search and CP-SAT, which hand their best to each other",
    ("module:numba", "module:ortools"),
)
NOTICE_TXT = _importer("notice_txt", "读取文本格式的培训通知", "Reads notices in plain text")
NOTICE_DOCX = _importer("notice_docx", "读取.docx格式的培训通知", "Reads notices in .docx", ("module:docx",))
