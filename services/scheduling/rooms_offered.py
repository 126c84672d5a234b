"""The rooms in which the lectures of drafts may be laid out anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from services.scheduling.domain.timetable_setting import Held, Setting
from services.scheduling.staying import Staying

Event = tuple[Held, ...]
"""One lecture: a session of one term, or those of several terms that are one joint lecture."""
NO_ROOM = "no-room:"
"""What the room begins with that stands for none, one for each term: a scheduler needs a room for every lecture."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a scheme wants of a course beside its hours."""

    module: int
    morning: bool
    room_kind: str | None


class RoomsOffered:
    """Rooms of lectures, by their terms, their wishes, and whether they stay."""

    def __init__(self, setting: Setting, staying: Staying, wishes: Mapping[str, Wish]) -> None:
        self._setting, self._staying, self._wishes = setting, staying, wishes

    def needs_room(self, held: Held) -> bool:
        """Return whether a session is held in a room."""
        session = held.session
        if session.form == "field":
            return False
        if session.room_id is None and (session.form == "self_study" or self._staying.is_joint_elsewhere(held)):
            return False
        return not self._setting.terms[held.term_id].online

    def for_lecture(self, event: Event) -> tuple[str, ...]:
        """Return the rooms a lecture may be held in, by identifier; field teaching has none."""
        if event[0].session.form == "field":
            return ()
        kept_in = self.kept_in(event)
        return self._offered(event) if kept_in is None else (kept_in,)

    def kept_in(self, event: Event) -> str | None:
        """Return the room that an event stays in, though it would be given another one if it was laid out anew."""
        room_id = event[0].session.room_id
        stays = room_id in self._setting.rooms and self._staying.stays(event[0])
        return room_id if stays and any(map(self.needs_room, event)) and room_id not in self._offered(event) else None

    def _offered(self, event: Event) -> tuple[str, ...]:
        lead, term_ids = event[0], tuple(held.term_id for held in event)
        wish = self._wishes.get(lead.session.course_id)
        if self._staying.is_joint_elsewhere(lead) and (room := self._setting.rooms.get(lead.session.room_id or "")):
            return (room.id,)
        if not any(self.needs_room(held) for held in event):
            return (NO_ROOM + lead.term_id,)
        terms = [self._setting.terms[id] for id in term_ids]
        own = {term.room_id for term in terms}
        others = {owner_room for (owner_room, _), owner in self._setting.reserved.items() if owner not in term_ids}
        people = sum(term.trainees for term in terms)
        kind = wish.room_kind if wish else None
        found = [
            room.id
            for room in self._setting.rooms.values()
            if room.seats >= people
            and (kind is None or room.kind == kind)
            and (room.id in own or ((kind is not None or len(term_ids) > 1) and room.id not in others))
        ]
        return tuple(sorted(found)) or tuple(sorted(id for id in own if id is not None and id in self._setting.rooms))
