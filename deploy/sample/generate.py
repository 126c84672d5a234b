"""Write the sample city: ``python -m deploy.sample.generate [FOLDER]``. The same seed gives the same city."""

from __future__ import annotations

import json
import random
import sys
from dataclasses import replace
from pathlib import Path

from deploy.sample import city, people, roster_files
from deploy.sample.roster_files import Line

SEED = 2020
TITLES = {
    1: "加强党的政治建设专题培训班",
    2: "推进国家治理体系和治理能力现代化专题培训班",
    3: "防范化解经济金融风险专题培训班",
    4: "创新驱动发展战略专题培训班",
    5: "巩固脱贫成果与推进乡村振兴专题培训班",
    6: "推动中部地区崛起专题研讨班",
    7: "推进生态文明建设与可持续发展专题培训班",
    8: "军民融合发展战略专题培训班",
    9: "实施健康中国战略专题培训班",
    10: "推进“一带一路”建设专题研讨班",
}
PEOPLE = 1200
_QUESTIONS = (
    "基层工作力量不足，怎样把任务落到具体岗位？",
    "部门之间数据不共享，企业和群众需要反复提交材料，如何打通？",
    "专项资金使用周期短，项目前期工作跟不上，怎么办？",
    "考核指标偏多，怎样减少重复报表？",
    "招商引资落地后的服务如何持续？",
    "脱贫户收入监测的口径怎样统一？",
    "中小企业融资担保的风险由谁分担？",
    "江湖沿岸环境治理中跨区责任如何划分？",
    "公共卫生应急物资储备的标准和轮换怎样安排？",
)
_CASES = ("某镇用网格台账解决拆迁遗留问题的做法", "某园区一件事一次办的改革过程", "一起食品安全突发事件的处置复盘")


def lines_by_unit(dice: random.Random) -> dict[str, list[Line]]:
    """Return every unit's roster lines, flaws included."""
    pool = people.invent(dice, PEOPLE)
    rows: dict[str, list[Line]] = {slug: [] for slug, _, _ in city.UNITS}
    for programme, term, slug, places in city.quotas():
        for _ in range(places):
            question = dice.choice(_QUESTIONS) if dice.random() < 0.3 else ""
            case = dice.choice(_CASES) if dice.random() < 0.06 else ""
            rows[slug].append(Line(pool.pop(), programme, TITLES[programme], term, question, case))
    for slug, lines in rows.items():  # some units name more people than they have places
        for _ in range(2):
            model = dice.choice(lines)
            lines.append(replace(model, person=pool.pop(), question="", case=""))
        if slug in ("donghu", "finance", "health"):
            lines += [replace(dice.choice(lines), person=pool.pop(), question="", case="") for _ in range(2)]
    while pool:
        slug = dice.choice(city.UNITS)[0]
        rows[slug].append(replace(dice.choice(rows[slug]), person=pool.pop(), question="", case=""))
    _spoil(rows)
    return rows


def _spoil(rows: dict[str, list[Line]]) -> None:
    """Put in the mistakes that units make; each kind at least once, at known places."""
    for slug, lines in rows.items():  # a lower-case x wherever the number ends in X
        rows[slug] = [_with_number(line, line.person.id_number.replace("X", "x")) for line in lines]
    for slug, at in (("nanshan", 3), ("science", 10), ("transport", 7)):  # a wrong check digit
        line = rows[slug][at]
        wrong = "1" if line.person.id_number[-1] != "1" else "2"
        rows[slug][at] = _with_number(line, line.person.id_number[:-1] + wrong)
    for slug in ("beigang", "commerce"):  # the same line twice
        rows[slug].append(rows[slug][0])
    line = rows["yunling"][2]  # a digit missing
    rows["yunling"][2] = _with_number(line, line.person.id_number[:-2])
    for slug in ("beigang", "science", "emergency"):  # somebody in two classes of one week: 3 and 6, first terms
        lines = rows[slug]
        third = next(line for line in lines if (line.programme_ordinal, line.term) == (3, 1))
        sixth = next(line for line in lines if (line.programme_ordinal, line.term) == (6, 1))
        lines[lines.index(sixth)] = replace(sixth, person=third.person)


def _with_number(line: Line, id_number: str) -> Line:
    return replace(line, person=replace(line.person, id_number=id_number))


def main(folder: Path) -> None:
    """Write ``city.json`` and ``rosters/`` below ``folder``."""
    rosters = folder / "rosters"
    rosters.mkdir(parents=True, exist_ok=True)
    rows = lines_by_unit(random.Random(SEED))  # noqa: S311 (made-up people, not secrets)
    files = {}
    for layout, (slug, title, _) in enumerate(city.UNITS):
        files[city.unit_id(slug)] = roster_files.write(rosters, slug, title, layout, rows[slug]).name
    facts = {
        "city": {"unit_id": city.CITY, "title": "江城市"},
        "days": city.DAYS,
        "shown": city.SHOWN,
        "units": [{"unit_id": city.unit_id(slug), "title": title, "kind": kind} for slug, title, kind in city.UNITS],
        "campus": city.CAMPUS,
        "rooms": [{"room_id": r, "title": t, "seats": s, "kind": k, "campus_id": "main"} for r, t, s, k in city.ROOMS],
        "blackouts": [
            {
                "blackout_id": b,
                "starts_on": first,
                "ends_on": last,
                "district": district,
                "reason": reason,
                "announced_on": announced_on,
            }
            for b, first, last, district, reason, announced_on in city.BLACKOUTS
        ],
        "lecturers": [{"name": n, "organisation": o, "title": t, "expertise": e} for n, o, t, e in city.LECTURERS],
        "quotas": [
            {"programme_ordinal": programme, "term_ordinal": term, "unit_id": city.unit_id(slug), "places": places}
            for programme, term, slug, places in city.quotas()
        ],
        "rosters": files,
    }
    (folder / "city.json").write_text(json.dumps(facts, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
