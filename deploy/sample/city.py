"""The made-up city of 江城: its units, campus, rooms and closed periods."""

from __future__ import annotations

CITY = "jiangcheng"
REGION_CODE = "429901"  # not in use: nobody's identity number begins with it

UNITS: tuple[tuple[str, str, str], ...] = (
    # slug, title, kind
    ("donghu", "东湖区委", "district"),
    ("nanshan", "南山区委", "district"),
    ("beigang", "北港区委", "district"),
    ("xichuan", "西川区委", "district"),
    ("linjiang", "临江区委", "district"),
    ("qingshui", "清水县委", "district"),
    ("yunling", "云岭县委", "district"),
    ("development-zone", "江城经济开发区党工委", "district"),
    ("finance", "市财政局", "department"),
    ("reform", "市发展和改革委员会", "department"),
    ("science", "市科学技术局", "department"),
    ("health", "市卫生健康委员会", "department"),
    ("ecology", "市生态环境局", "department"),
    ("agriculture", "市农业农村局", "department"),
    ("commerce", "市商务局", "department"),
    ("transport", "市交通运输局", "department"),
    ("emergency", "市应急管理局", "department"),
    ("government-services", "市政务服务管理局", "department"),
)

# When the city acts: once the spring's closed period nears its end, and early enough for every deadline of May.
DAYS = {
    "survey_due": "2020-01-20",
    "survey_closed": "2020-01-21",
    "schemes": "2020-03-16",
    "notice": "2020-03-30",
    "invitations": "2020-04-07",
    "rosters": "2020-04-13",
    "timetables": "2020-04-24",
    "admission": "2020-04-27",
    "release": "2020-05-08",
    "epidemic": "2020-06-08",
    "year_end": "2020-12-31",
}

# The terms (programme, ordinal) whose people are followed one by one; the last ones fall into the closed summer weeks.
SHOWN: tuple[tuple[int, int], ...] = ((1, 1), (2, 1), (1, 2), (9, 1))

CAMPUS = {"campus_id": "main", "title": "市委党校主校区", "district": "donghu", "beds": 150}

ROOMS: tuple[tuple[str, str, int, str], ...] = (
    # room, title, seats, kind
    ("hall-1", "一号楼报告厅", 120, "lecture"),
    ("room-201", "二号楼201教室", 60, "lecture"),
    ("room-202", "二号楼202教室", 54, "lecture"),
    ("room-301", "三号楼301研讨室", 50, "seminar"),
)

BLACKOUTS: tuple[tuple[str, str, str, str, str, str], ...] = (
    # id, first day, last day, district ("" = whole city), reason, announced on ("" = before the year is placed)
    ("epidemic-spring", "2020-01-24", "2020-04-30", "", "新冠肺炎疫情防控，暂停线下集中培训", ""),
    ("epidemic-summer", "2020-06-15", "2020-06-24", "", "局部疫情防控，暂停聚集性活动", "2020-06-08"),
)

LECTURERS: tuple[tuple[str, str, str, str], ...] = (
    # name, organisation, title, expertise
    ("梁书衡", "市委党校", "正高", "党的政治建设"),
    ("温可言", "市委党校", "副高", "国家治理"),
    ("邱致远", "江城大学", "正高", "金融风险"),
    ("贺知秋", "江城大学", "副高", "科技创新"),
    ("戴云舟", "江城农学院", "副高", "乡村振兴"),
    ("孟南乔", "省社会科学院", "正高", "区域发展"),
    ("汪若溪", "江城大学", "副高", "生态环境"),
    ("龚承安", "市委党校", "副高", "军民融合公开政策"),
    ("白清和", "江城医学院", "正高", "公共卫生"),
    ("姚之远", "省社会科学院", "副高", "对外开放"),
)

THEMES: tuple[tuple[int, int, int], ...] = (
    # ordinal of the programme, terms, places a term
    (1, 3, 48), (2, 3, 48), (3, 2, 48), (4, 3, 48), (5, 3, 48),
    (6, 2, 48), (7, 2, 48), (8, 2, 48), (9, 2, 48), (10, 2, 48),
)  # fmt: skip


def unit_id(slug: str) -> str:
    """Return the dotted path of a unit of the city."""
    return f"{CITY}.{slug}"


def quotas() -> list[tuple[int, int, str, int]]:
    """Return (programme, term, unit, places): every term is filled by nine of the eighteen units."""
    rows: list[tuple[int, int, str, int]] = []
    turn = 0
    for programme, terms, places in THEMES:
        for term in range(1, terms + 1):
            chosen = [UNITS[(turn + 2 * step) % len(UNITS)][0] for step in range(9)]
            share, rest = divmod(places, len(chosen))
            rows += [(programme, term, slug, share + (index < rest)) for index, slug in enumerate(chosen)]
            turn += 1
    return rows
