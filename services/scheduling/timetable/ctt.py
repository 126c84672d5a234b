"""The field's file formats: ``.ctt`` instances (ITC-2007 track 3) and their solutions."""

from __future__ import annotations

from collections.abc import Container, Iterator

from services.scheduling.timetable.instance import Course, Curriculum, Instance, Lecture, Room, Timetable


class UnreadableFile(ValueError):
    """A file is not what the format says; ``line`` is counted from 1, 0 when the file as a whole is wrong."""

    def __init__(self, line: int, zh: str, en: str) -> None:
        super().__init__(f"第{line}行：{zh} / line {line}: {en}" if line else f"{zh} / {en}")
        self.line = line
        self.zh = zh
        self.en = en


_MOST_DIGITS = 18
_MOST_PERIODS = 2000
_COUNTS = ("Courses", "Rooms", "Days", "Periods_per_day", "Curricula", "Constraints")


def read_instance(text: str) -> Instance:
    """Read a ``.ctt`` file. Raises ``UnreadableFile`` naming the line.

    Blank lines, any ends of lines, a byte order mark and a missing ``END.`` are taken; what says otherwise than the
    head of the file does is not.
    """
    lines = _lines(text)
    name, counts = _header(lines)
    courses: dict[str, Course] = {}
    for number, words in _section(lines, "COURSES:", counts["Courses"]):
        if len(words) != 5:
            raise UnreadableFile(number, "课程行应有5项", "a course line has 5 fields")
        _refuse_doubled(number, words[0], courses)
        courses[words[0]] = Course(words[0], words[1], *(_number(number, word) for word in words[2:]))
    rooms: dict[str, Room] = {}
    for number, words in _section(lines, "ROOMS:", counts["Rooms"]):
        if len(words) != 2:
            raise UnreadableFile(number, "教室行应为：教室 座位数", "a room line is: room seats")
        _refuse_doubled(number, words[0], rooms)
        rooms[words[0]] = Room(words[0], _number(number, words[1]))
    curricula = []
    for number, words in _section(lines, "CURRICULA:", counts["Curricula"]):
        members = tuple(words[2:])
        if len(members) != _number(number, words[1]) or not courses.keys() >= set(members):
            raise UnreadableFile(number, "课程组的成员与声明不符", "the members of the curriculum are not as declared")
        curricula.append(Curriculum(words[0], members))
    unavailable = set()
    for number, words in _section(lines, "UNAVAILABILITY_CONSTRAINTS:", counts["Constraints"]):
        if len(words) != 3 or words[0] not in courses:
            raise UnreadableFile(number, "不可用时段行应为：课程 日 节", "an unavailability is: course day slot")
        day, slot = _number(number, words[1]), _number(number, words[2])
        if not (day < counts["Days"] and slot < counts["Periods_per_day"]):
            raise UnreadableFile(number, "时段超出范围", "the period lies outside the horizon")
        unavailable.add((words[0], day * counts["Periods_per_day"] + slot))
    _refuse_more(lines, counts["Constraints"])
    return Instance(
        name,
        tuple(courses.values()),
        tuple(rooms.values()),
        counts["Days"],
        counts["Periods_per_day"],
        tuple(curricula),
        frozenset(unavailable),
    )


def write_instance(instance: Instance) -> str:
    """Return the instance as a ``.ctt`` file."""
    sizes = (
        len(instance.courses),
        len(instance.rooms),
        instance.days,
        instance.periods_per_day,
        len(instance.curricula),
        len(instance.unavailable),
    )
    out = [
        f"Name: {instance.name}",
        *(f"{key}: {size}" for key, size in zip(_COUNTS, sizes, strict=True)),
        "",
        "COURSES:",
    ]
    out += [f"{c.code} {c.lecturer} {c.lectures} {c.min_days} {c.students}" for c in instance.courses]
    out += ["", "ROOMS:", *(f"{room.code}\t{room.seats}" for room in instance.rooms), "", "CURRICULA:"]
    out += [f"{q.code}  {len(q.courses)} {' '.join(q.courses)}" for q in instance.curricula]
    out += ["", "UNAVAILABILITY_CONSTRAINTS:"]
    out += [
        f"{code} {p // instance.periods_per_day} {p % instance.periods_per_day}"
        for code, p in sorted(instance.unavailable)
    ]
    return "\n".join([*out, "", "END.", ""])


def read_timetable(text: str, instance: Instance) -> Timetable:
    """Read a solution, a line a lecture: ``course room day slot``. Raises ``UnreadableFile`` naming the line."""
    lectures = []
    for number, words in _lines(text):
        if len(words) != 4 or words[0] not in instance.course_index or words[1] not in instance.room_index:
            raise UnreadableFile(
                number, "应为：课程 教室 日 节，且均在题目中", "expected: course room day slot, known ones"
            )
        day, slot = _number(number, words[2]), _number(number, words[3])
        if day >= instance.days or slot >= instance.periods_per_day:
            raise UnreadableFile(number, "时段超出范围", "the period lies outside the horizon")
        course, room = instance.course_index[words[0]], instance.room_index[words[1]]
        lectures.append(Lecture(course, room, day * instance.periods_per_day + slot))
    return tuple(lectures)


def write_timetable(timetable: Timetable, instance: Instance) -> str:
    """Return a solution file, ordered by course and period."""
    out = []
    for at in sorted(timetable, key=lambda lecture: (lecture.course, lecture.period, lecture.room)):
        day, slot = divmod(at.period, instance.periods_per_day)
        out.append(f"{instance.courses[at.course].code} {instance.rooms[at.room].code} {day} {slot}\n")
    return "".join(out)


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        if line.strip():
            yield number, line.split()


def _header(lines: Iterator[tuple[int, list[str]]]) -> tuple[str, dict[str, int]]:
    number, words = next(lines, (0, []))
    if not words or words[0] != "Name:":
        raise UnreadableFile(number, "文件应以 Name: 开头", "the file begins with Name:")
    name = " ".join(words[1:])
    counts = {}
    for key in _COUNTS:
        number, words = next(lines, (0, []))
        if len(words) != 2 or words[0] != f"{key}:":
            raise UnreadableFile(number, f"此处应为 {key}:", f"{key}: is expected here")
        counts[key] = _number(number, words[1])
    if counts["Days"] * counts["Periods_per_day"] > _MOST_PERIODS:
        raise UnreadableFile(0, f"时段共计不能超过{_MOST_PERIODS}个", f"there are at most {_MOST_PERIODS} periods")
    return name, counts


def _section(lines: Iterator[tuple[int, list[str]]], title: str, size: int) -> Iterator[tuple[int, list[str]]]:
    number, words = next(lines, (0, []))
    if words != [title]:
        raise UnreadableFile(number, f"此处应为 {title}", f"{title} is expected here")
    for _ in range(size):
        number, words = next(lines, (0, []))
        if len(words) < 2:
            raise UnreadableFile(number, f"{title} 一节不完整", f"section {title} is incomplete")
        yield number, words


def _refuse_more(lines: Iterator[tuple[int, list[str]]], constraints: int) -> None:
    number, words = next(lines, (0, ["END."]))
    if words != ["END."]:
        raise UnreadableFile(
            number,
            f"文件开头写明{constraints}行不可用时段，此处应为 END.",
            f"the head of the file says {constraints} unavailabilities; END. is expected here",
        )
    for number, _ in lines:
        raise UnreadableFile(number, "END. 之后不应再有内容", "nothing comes after END.")


def _refuse_doubled(line: int, code: str, known: Container[str]) -> None:
    if code in known:
        raise UnreadableFile(line, f"编号“{code}”重复", f"the code {code!r} stands here twice")


def _number(line: int, word: str) -> int:
    # A superscript is a digit to Python and no number.
    if not (word.isascii() and word.isdigit()):
        raise UnreadableFile(line, f"“{word}”应为非负整数", f"{word!r} is not a whole number")
    if len(word) > _MOST_DIGITS:
        raise UnreadableFile(line, f"“{word[:20]}…”过大", f"{word[:20]!r}… is too large a number")
    return int(word)
