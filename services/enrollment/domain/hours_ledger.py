"""What a person has been credited, what is asked of them, and what is still missing (学时档案)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from services.enrollment.domain.fee_standard import Citation
from services.enrollment.domain.hours_rank import Bucket, Position, bucket_of, rank_on
from services.enrollment.domain.wording import Sentence
from shared.policies import Policies, Policy

PoliciesOn = Callable[[date], Policies]


@dataclass(frozen=True, slots=True)
class Credit:
    """Class hours and days that count, on the last day of the training; ``rank`` is the one held at that time."""

    on: date
    hours: int
    days: int
    rank: str


@dataclass(frozen=True, slots=True)
class Person:
    """Everything a person's standing follows from. ``expected`` are terms they are admitted to and not through with."""

    positions: tuple[Position, ...]
    credits: tuple[Credit, ...]
    expected: tuple[Credit, ...] = ()
    promotions: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody stands with one requirement over its period; hours and days are those credited within it.

    ``required_days`` is ``None`` where only hours are asked. With ``expected`` added the forecast is made.
    """

    kind: str
    words: Sentence
    first: date
    last: date
    required_hours: int
    required_days: int | None
    hours: int
    days: int
    expected_hours: int
    expected_days: int
    citation: Citation

    @property
    def span(self) -> Sentence:
        """How the period is called: one year, or the first and the last."""
        first, last = self.first.year, self.last.year
        if first == last:
            return Sentence(f"{first}年度", str(first))
        return Sentence(f"{first}—{last}年", f"{first}-{last}")

    @property
    def met(self) -> bool:
        """Whether enough is credited: by hours or, where days are asked as well, by days."""
        return self._enough(self.hours, self.days)

    @property
    def gap_hours(self) -> int:
        """Class hours still missing; none once the requirement is met by days."""
        return 0 if self.met else self.required_hours - self.hours

    @property
    def forecast_met(self) -> bool:
        """Whether it will be enough once the terms they are admitted to are over."""
        return self._enough(self.hours + self.expected_hours, self.days + self.expected_days)

    @property
    def forecast_gap_hours(self) -> int:
        """Class hours that will still be missing then."""
        return 0 if self.forecast_met else self.required_hours - self.hours - self.expected_hours

    def _enough(self, hours: int, days: int) -> bool:
        return hours >= self.required_hours or (self.required_days is not None and days >= self.required_days)


def standings_of(person: Person, today: date, policies_on: PoliciesOn) -> tuple[Standing, ...]:
    """Return what is asked of somebody today, and what a promotion left to be made up for."""
    return (standing_on(person, today, policies_on), *_catching_up(person, today, policies_on))


def standing_on(person: Person, day: date, policies_on: PoliciesOn) -> Standing:
    """Return how somebody stands with what is asked of the rank held on a day, in the period that day lies in."""
    return _standing(person, bucket_of(rank_on(person.positions, day), policies_on(day)), day, policies_on)


def _standing(person: Person, bucket: Bucket, day: date, policies_on: PoliciesOn) -> Standing:
    if bucket is Bucket.SENIOR:
        return _five_years(person, day, policies_on)
    policy = policies_on(day)["hours.annual"]
    hours, days = int(policy.value["hours"]), int(policy.value["days"])
    words = Sentence(f"{day.year}年度：{hours}学时或{days}天", f"{day.year}: {hours} class hours or {days} days")
    first, last = date(day.year, 1, 1), date(day.year, 12, 31)
    return _counted(person, "annual", bucket, words, (first, last), (hours, days), policy, policies_on)


def _five_years(person: Person, day: date, policies_on: PoliciesOn) -> Standing:
    policies = policies_on(day)
    policy, anchor = policies["hours.five_year"], policies.number("hours.cycle_start")
    hours, years = int(policy.value["hours"]), int(policy.value["years"])
    start = anchor + (day.year - anchor) // years * years
    period = (date(start, 1, 1), date(start + years - 1, 12, 31))
    words = Sentence(
        f"{start}—{start + years - 1}年累计{hours}学时", f"{start}-{start + years - 1}: {hours} class hours in all"
    )
    return _counted(person, "five_year", Bucket.SENIOR, words, period, (hours, None), policy, policies_on)


def _catching_up(person: Person, today: date, policies_on: PoliciesOn) -> Iterable[Standing]:
    """Yield what was not met when somebody was promoted and has to be made up for within the time allowed."""
    for promoted_on in sorted(person.promotions):
        if promoted_on > today:
            continue
        eve = date.fromordinal(promoted_on.toordinal() - 1)
        bucket = bucket_of(rank_on(person.positions, eve), policies_on(eve))
        before = _standing(_until(person, promoted_on), bucket, eve, policies_on)
        if before.met:
            continue
        policy = policies_on(promoted_on)["hours.catch_up"]
        due = _years_later(promoted_on, int(policy.value["years"]))
        words = Sentence(
            f"{promoted_on}提任前未达到“{before.words.zh}”，应于{due}前补足",
            f"promoted on {promoted_on} before meeting {before.words.en!r}; to be made up for by {due}",
        )
        asked = (before.required_hours, before.required_days)
        standing = _counted(person, "catch_up", None, words, (before.first, due), asked, policy, policies_on)
        if today <= due or not standing.met:
            yield standing


def _counted(
    person: Person,
    kind: str,
    bucket: Bucket | None,
    words: Sentence,
    period: tuple[date, date],
    asked: tuple[int, int | None],
    policy: Policy,
    policies_on: PoliciesOn,
) -> Standing:
    done = _within(person.credits, bucket, period, policies_on)
    ahead = _within(person.expected, bucket, period, policies_on)
    return Standing(
        kind=kind,
        words=words,
        first=period[0],
        last=period[1],
        required_hours=asked[0],
        required_days=asked[1],
        hours=sum(credit.hours for credit in done),
        days=sum(credit.days for credit in done),
        expected_hours=sum(credit.hours for credit in ahead),
        expected_days=sum(credit.days for credit in ahead),
        citation=Citation("", policy.source, policy.basis),
    )


def _within(
    credits: Sequence[Credit], bucket: Bucket | None, period: tuple[date, date], policies_on: PoliciesOn
) -> list[Credit]:
    """Return what counts: within the period and, by the rank held at that time, for that requirement."""
    first, last = period
    return [
        credit
        for credit in credits
        if first <= credit.on <= last and (bucket is None or bucket_of(credit.rank, policies_on(credit.on)) is bucket)
    ]


def _until(person: Person, day: date) -> Person:
    done = tuple(credit for credit in person.credits if credit.on < day)
    return Person(person.positions, done)


def _years_later(day: date, years: int) -> date:
    """Return the same day that many years later; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
