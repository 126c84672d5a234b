"""Made-up people: names, posts and identity numbers that nobody bears."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from deploy.sample.city import REGION_CODE

_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏"
    "陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳"
)
_GIVEN_FIRST = "文子思明晓雨景嘉书若一安清远知立承云致可星海建国春秋冬夏志伟丽芳静敏"
_GIVEN_SECOND = "宁涵远航然清衡溪舟乔言桐和安之恒杰琳洁婷军强辉磊岩松柏兰梅竹菊"
_POSTS = (
    "科长",
    "副科长",
    "一级主任科员",
    "综合科科长",
    "办公室主任",
    "办公室副主任",
    "党组成员、副局长",
    "副调研员",
    "处长",
    "副处长",
)
_RANKS = ("一级主任科员", "二级主任科员", "三级主任科员", "四级主任科员", "三级调研员", "四级调研员", "一级科员")
_STUDIES = ("大学本科", "硕士研究生", "大学专科", "博士研究生")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


@dataclass(frozen=True)
class Person:
    """One made-up civil servant as a unit would list him or her."""

    name: str
    sex: str
    born: date
    id_number: str
    phone: str
    post: str
    rank: str
    study: str
    party: str


def id_number(region: str, born: date, sequence: int) -> str:
    """Return an identity number whose check character is right (GB 11643)."""
    body = f"{region}{born:%Y%m%d}{sequence:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return body + _CHECKS[total % 11]


def invent(dice: random.Random, count: int) -> list[Person]:
    """Return ``count`` different people; the same dice give the same people."""
    people: list[Person] = []
    taken: set[str] = set()
    while len(people) < count:
        born = date(1966, 1, 1) + timedelta(days=dice.randrange(365 * 28))
        sequence = dice.randrange(1, 999)
        number = id_number(REGION_CODE, born, sequence)
        if number in taken:
            continue
        taken.add(number)
        given = dice.choice(_GIVEN_FIRST) + (dice.choice(_GIVEN_SECOND) if dice.random() < 0.8 else "")
        people.append(
            Person(
                name=dice.choice(_SURNAMES) + given,
                sex="男" if sequence % 2 else "女",
                born=born,
                id_number=number,
                phone=f"1{dice.choice('3578')}{dice.randrange(10**9):09d}",
                post=dice.choice(_POSTS),
                rank=dice.choice(_RANKS),
                study=dice.choice(_STUDIES),
                party=dice.choice(("中共党员", "中共党员", "中共党员", "群众", "民盟盟员")),
            )
        )
    return people
