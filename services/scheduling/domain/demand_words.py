"""Demands as a planner says them, in Chinese and English."""

from __future__ import annotations

from collections.abc import Collection

from services.scheduling.domain.demands import Demand, lead_until
from services.scheduling.domain.placement import Room, Term
from services.scheduling.domain.placement_phrases import day_zh, listed_en, listed_zh, stretch_en, stretch_zh
from services.scheduling.domain.placement_spans import Axis

Words = tuple[str, str]


class DemandWords:
    """Says the demands of a conflict between some terms."""

    def __init__(self, axis: Axis, term_ids: Collection[str]) -> None:
        self._axis = axis
        self._all = {term.id: term for term in axis.problem.terms}
        self._terms = [term for term in axis.problem.terms if term.id in term_ids]

    def say(self, demand: Demand) -> Words:
        """Return a demand in Chinese and English."""
        if demand.of_term:
            return self._of_term(demand, self._all[demand.subject])
        return self._of_others(demand)

    def _of_term(self, demand: Demand, term: Term) -> Words:
        zh, en = term.name, term.label_en
        match demand.rule:
            case "held":
                return (
                    f"{term.label}（{term.trainees}人，{term.days}天）要举办",
                    f"{en} is to be held: {term.trainees} people, {term.days} days",
                )
            case "window":
                return (
                    f"{zh}须在{stretch_zh(term.earliest_start, term.latest_end)}之内举办",
                    f"{en} lies within {stretch_en(term.earliest_start, term.latest_end)}",
                )
            case "lead":
                earliest, lead = lead_until(self._axis, term), self._axis.problem.policy.lead_days
                assert earliest is not None
                return (
                    f"{zh}发函需提前{lead}天，最早{day_zh(earliest)}开班",
                    f"letters for {en} need {lead} days: it opens on {earliest} at the earliest",
                )
            case "pin":
                assert term.pin is not None
                room = self._axis.rooms.get(term.pin.room_id or "")
                where = f"、教室“{room.title}”" if room else ""
                return (
                    f"{zh}已指定{day_zh(term.pin.starts_on)}开班{where}",
                    f"{en} is pinned to {term.pin.starts_on}" + (f" and {room.title!r}" if room else ""),
                )
            case "ban":
                ban = term.bans[demand.number]
                return (
                    f"{zh}不得安排在{stretch_zh(ban.starts_on, ban.ends_on)}",
                    f"{en} may not be held on {stretch_en(ban.starts_on, ban.ends_on)}",
                )
            case "barred-room":
                rooms = [self._room(id) for id in term.barred_rooms]
                return f"{zh}不得使用{listed_zh(rooms, counted='间教室')}", f"{en} may not use {listed_en(rooms)}"
            case "room-kind":
                return f"{zh}须用“{term.room_kind}”类教室", f"{en} needs a room of the kind {term.room_kind!r}"
            case "campus":
                where = self._campus(term.campus_id or "")
                return f"{zh}须在{where}举办", f"{en} belongs on {where!r}"
            case "seats":
                rooms_in_reach = self._axis.rooms_in_reach(term)
                largest = max((room.capacity for room in rooms_in_reach if _may_use(term, room)), default=0)
                return (
                    f"{zh}的{term.trainees}人要坐得下（可用的教室最大{largest}座）",
                    f"{en} needs {term.trainees} seats (the largest room it may use has {largest})",
                )
            case _:
                short = term.days <= self._axis.problem.policy.longest_run
                return (
                    f"{zh}的{term.days}天须连续上课，不跨{'周末和' if short else ''}假期",
                    f"the {term.days} days of {en} span no {'weekend and no ' if short else ''}holiday",
                )

    def _of_others(self, demand: Demand) -> Words:
        subject = demand.subject
        match demand.rule:
            case "blackout":
                each = next(each for each in self._axis.problem.blackouts if each.id == subject)
                return (
                    f"停办时段“{each.title}”（{stretch_zh(each.starts_on, each.ends_on)}）",
                    f"the blackout {each.title!r} ({stretch_en(each.starts_on, each.ends_on)})",
                )
            case "absence":
                lecturer = self._axis.lecturers[subject]
                absence = lecturer.absences[demand.number]
                why = f"（{absence.reason}）" if absence.reason else ""
                away_zh = stretch_zh(absence.starts_on, absence.ends_on)
                return (
                    f"{lecturer.title}{away_zh}不在{why}，{self._needing(subject)[0]}",
                    f"{lecturer.title} is away on {stretch_en(absence.starts_on, absence.ends_on)}; "
                    f"{self._needing(subject)[1]}",
                )
            case "lecturer":
                who = self.lecturer(subject)
                return (
                    f"{who}同一天只能在一个班授课，{self._needing(subject)[0]}",
                    f"{who} teaches one term a day; {self._needing(subject)[1]}",
                )
            case "beds":
                campus = self._axis.campuses[subject]
                beds = campus.beds_of(demand.kind or None)
                what = campus.sleeping(demand.kind or None)
                kind_zh = f"“{demand.kind}”类" if demand.kind else ""
                kind_en = f" of the kind {demand.kind!r}" if demand.kind else ""
                if not beds:
                    return f"{what}没有{kind_zh}床位", f"{what!r} has no beds{kind_en}"
                return f"{what}只有{kind_zh}床位{beds}张", f"{what!r} has {beds} beds{kind_en}"
            case "rooms":
                where = self._campus(subject)
                rooms = [room for room in self._axis.problem.rooms if room.campus_id == subject]
                return (
                    f"{where}的{len(rooms)}间教室每间同一天只能办一个班",
                    f"a room of {where!r} ({len(rooms)} in all) holds one term at a time",
                )
            case "gap":
                first = next(term for term in self._terms if term.programme_id == subject)
                gap = self._axis.gap(first)
                if not gap:
                    return (
                        f"第{first.programme_ordinal}班各期不得同时举办",
                        f"no two terms of programme {first.programme_ordinal} are held at once",
                    )
                return (
                    f"第{first.programme_ordinal}班各期之间至少空{gap}天",
                    f"the terms of programme {first.programme_ordinal} lie at least {gap} days apart",
                )
            case "sequence":
                first = next(term for term in self._terms if term.programme_id == subject)
                return (
                    f"第{first.programme_ordinal}班各期按期次先后开班",
                    f"the terms of programme {first.programme_ordinal} open in their order",
                )
            case _:
                before, after = (self._all[id] for id in subject.split(">"))
                delay = next(
                    order.delay
                    for order in self._axis.problem.orders
                    if (order.before, order.after) == (before.id, after.id)
                )
                return (
                    f"{before.name}结束满{delay}天后{after.name}才能开班",
                    f"{after.label_en} opens after {before.label_en} with {delay} days between",
                )

    def lecturer(self, lecturer_id: str) -> str:
        """Return the name of a lecturer."""
        found = self._axis.lecturers.get(lecturer_id)
        return found.title if found else lecturer_id

    def _needing(self, lecturer_id: str) -> Words:
        terms = [term for term in self._terms if any(need.lecturer_id == lecturer_id for need in term.needs)]
        return (
            f"{listed_zh([term.name for term in terms], counted='期')}需要其授课",
            f"wanted in {listed_en([term.label_en for term in terms])}",
        )

    def _room(self, room_id: str) -> str:
        room = self._axis.rooms.get(room_id)
        return room.title if room else room_id

    def _campus(self, campus_id: str) -> str:
        campus = self._axis.campuses.get(campus_id)
        return campus.title if campus else campus_id


def _may_use(term: Term, room: Room) -> bool:
    """Whether a term may have a room, its seats apart."""
    return (
        term.room_kind in (None, room.kind)
        and term.campus_id in (None, room.campus_id)
        and room.id not in term.barred_rooms
        and not (term.pin and term.pin.room_id not in (None, room.id))
    )


def days_en(days: int) -> str:
    """Return ``1 day`` or ``3 days``."""
    return f"{days} day" if days == 1 else f"{days} days"
