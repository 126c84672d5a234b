"""Two timetables of one problem side by side: which lectures lie elsewhere, and whom that concerns, in words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest

from services.scheduling.timetable.problem import Problem, Timetable
from services.scheduling.timetable.reading import Book

_Lecture = tuple[str, int | None]
_Place = tuple[int, str | None]


@dataclass(frozen=True, slots=True)
class Difference:
    """A lecture whose slot or room differs; without ``before`` it is new, without ``after`` it is gone.

    Each is slot and room. ``number`` is ``None`` where the lectures of a course are not told apart.
    """

    course_id: str
    number: int | None
    before: tuple[int, str | None] | None
    after: tuple[int, str | None] | None
    term_ids: tuple[str, ...]
    lecturer_ids: tuple[str, ...]
    zh: str
    en: str


def differences(
    problem: Problem, before: Timetable, after: Timetable, *, numbered: bool = True
) -> tuple[Difference, ...]:
    """Return every lecture that lies elsewhere, in the order of time.

    Without ``numbered``, lectures of a course count as one another: a file of the field's format has no numbers.
    """
    book, was, lies = Book(problem), _places(before, numbered), _places(after, numbered)
    found = []
    for lecture in dict.fromkeys((*was, *lies)):
        gone, come = Counter(was[lecture]), Counter(lies[lecture])
        for old, new in zip_longest(_sorted(gone - come), _sorted(come - gone)):
            found.append(_difference(book, lecture, old, new))
    return tuple(sorted(found, key=lambda each: (each.after or each.before or (0,))[0]))


def _places(timetable: Timetable, numbered: bool) -> dict[_Lecture, list[_Place]]:
    found: dict[_Lecture, list[_Place]] = defaultdict(list)
    for at in timetable.lectures:
        found[at.course_id, at.number if numbered else None].append((at.slot, at.room_id))
    return found


def _sorted(places: Counter[_Place]) -> Iterable[_Place]:
    return sorted(places.elements(), key=lambda place: (place[0], place[1] or ""))


def _difference(book: Book, lecture: _Lecture, old: _Place | None, new: _Place | None) -> Difference:
    course_id, number = lecture
    course = book.courses.get(course_id)
    title_zh, title_en = (f"《{course.title}》", repr(course.title)) if course else (course_id, course_id)
    if number is not None and (course is None or course.lectures > 1):
        title_zh, title_en = f"{title_zh}第{number}讲", f"{title_en} lecture {number}"
    zh = f"{title_zh}：{_place_zh(book, old)}→{_place_zh(book, new)}"
    en = f"{title_en}: {_place_en(book, old)} -> {_place_en(book, new)}"
    term_ids, lecturer_ids = (course.term_ids, course.lecturer_ids) if course else ((), ())
    terms = [book.terms[each].title for each in term_ids]
    lecturers = [book.lecturers[each].name for each in lecturer_ids]
    if terms or lecturers:
        zh += "，涉及" + "、".join([*(f"“{each}”" for each in terms), *(f"讲师{each}" for each in lecturers)])
        en += "; concerns " + ", ".join([*(f"term {each!r}" for each in terms), *(f"lecturer {e}" for e in lecturers)])
    return Difference(course_id, number, old, new, term_ids, lecturer_ids, zh, en)


def _place_zh(book: Book, place: _Place | None) -> str:
    if place is None:
        return "未排"
    slot, room_id = place
    when = book.grid.zh(slot) if 0 <= slot < book.grid.slots else f"时段{slot}"
    return when + _room(book, room_id)


def _place_en(book: Book, place: _Place | None) -> str:
    if place is None:
        return "no place"
    slot, room_id = place
    when = book.grid.en(slot) if 0 <= slot < book.grid.slots else f"slot {slot}"
    return when if room_id is None else f"{when} in {_room(book, room_id)!r}"


def _room(book: Book, room_id: str | None) -> str:
    room = book.rooms.get(room_id or "")
    return room.title if room is not None else room_id or ""
