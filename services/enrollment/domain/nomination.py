"""A nomination: its states, the three attestations, and which step may follow which."""

from __future__ import annotations

from enum import StrEnum

from services.enrollment.domain.wording import Refusal, Sentence


class State(StrEnum):
    """Where a nomination stands."""

    FILED = "filed"
    ATTESTED = "attested"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    REFUSED = "refused"
    ADMITTED = "admitted"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"
    EXPELLED = "expelled"
    NOT_REPORTED = "not_reported"


class Step(StrEnum):
    """What can be done to a nomination."""

    ATTEST = "attest"
    ACCEPT = "accept"
    RETURN = "return"
    REFUSE = "refuse"
    CORRECT = "correct"
    ADMIT = "admit"
    WITHDRAW = "withdraw"
    REPLACE = "replace"
    REINSTATE = "reinstate"
    EXPEL = "expel"
    MISS = "miss"


class Criterion(StrEnum):
    """What the unit vouches for. Source: the 2020 plan, strict transfer of trainees."""

    JOB_TIED_TO_THEME = "job_tied_to_theme"
    HAS_POTENTIAL = "has_potential"
    IN_GOOD_HEALTH = "in_good_health"


STATE_WORDS = {
    State.FILED: Sentence("已推荐", "filed"),
    State.ATTESTED: Sentence("已认定", "attested"),
    State.ACCEPTED: Sentence("审核通过", "accepted"),
    State.RETURNED: Sentence("退回修改", "returned"),
    State.REFUSED: Sentence("不予通过", "refused"),
    State.ADMITTED: Sentence("已录取", "admitted"),
    State.WITHDRAWN: Sentence("已撤回", "withdrawn"),
    State.REPLACED: Sentence("已更换", "replaced by somebody else"),
    State.EXPELLED: Sentence("已退学", "out of the training by decision"),
    State.NOT_REPORTED: Sentence("逾期未报到", "not reported in time"),
}
CRITERION_WORDS = {
    Criterion.JOB_TIED_TO_THEME: Sentence("本职工作与培训主题密切相关", "the job is closely tied to the theme"),
    Criterion.HAS_POTENTIAL: Sentence("有发展潜力", "has potential"),
    Criterion.IN_GOOD_HEALTH: Sentence("身体健康", "is in good health"),
}
STEP_WORDS = {
    Step.ATTEST: Sentence("认定", "be attested"),
    Step.ACCEPT: Sentence("审核通过", "be accepted"),
    Step.RETURN: Sentence("退回修改", "be returned"),
    Step.REFUSE: Sentence("不予通过", "be refused"),
    Step.CORRECT: Sentence("修改", "be corrected"),
    Step.ADMIT: Sentence("录取", "be admitted"),
    Step.WITHDRAW: Sentence("撤回", "be withdrawn"),
    Step.REPLACE: Sentence("更换", "be replaced"),
    Step.REINSTATE: Sentence("恢复", "be reinstated"),
    Step.EXPEL: Sentence("退学", "leave the training"),
    Step.MISS: Sentence("取消入学资格", "lose the seat for not reporting"),
}
RETURN_REASONS = {
    "post-unclear": Sentence("职务全称或职级不清", "post or rank unclear"),
    "identity-wrong": Sentence("身份信息有误", "identity wrong"),
    "attestation-doubtful": Sentence("认定事项存疑", "an attestation is doubtful"),
    "wrong-term": Sentence("班次或期次不当", "wrong programme or term"),
    "papers-missing": Sentence("材料不齐", "papers missing"),
    "over-quota": Sentence("超出名额", "over the quota"),
    "not-suitable": Sentence("人选不符合调训要求", "not suitable for the programme"),
    "other": Sentence("其他（见说明）", "other, see the note"),
}
WITHDRAWAL_REASONS = {
    "work": Sentence("工作原因", "work"),
    "health": Sentence("身体原因", "health"),
    "moved": Sentence("工作调动", "moved to another unit"),
    "replaced": Sentence("更换人选", "replaced by somebody else"),
    "filed-by-mistake": Sentence("误报", "filed by mistake"),
    "other": Sentence("其他（见说明）", "other, see the note"),
}

OUTSIDE_REASONS = {
    "replaced": Sentence("更换人选", "replaced by somebody else"),
    "expelled": Sentence("退学", "out of the training by decision"),
    "not-reported": Sentence("逾期未报到", "not reported in time"),
}
"""Why somebody admitted left although nobody took the nomination back; the states of the same names say so too."""

MISSED = "missed"
"""A step of the history that is no state: not there by the last day of grace; the organisation department decides."""

LIVE = frozenset({State.FILED, State.ATTESTED, State.ACCEPTED, State.RETURNED, State.ADMITTED})
LEFT = frozenset({State.WITHDRAWN, State.REPLACED, State.EXPELLED, State.NOT_REPORTED})

_STEPS: dict[Step, tuple[frozenset[State], State]] = {
    Step.ATTEST: (frozenset({State.FILED}), State.ATTESTED),
    Step.ACCEPT: (frozenset({State.ATTESTED}), State.ACCEPTED),
    Step.RETURN: (frozenset({State.FILED, State.ATTESTED, State.ACCEPTED}), State.RETURNED),
    Step.REFUSE: (frozenset({State.FILED, State.ATTESTED, State.ACCEPTED, State.RETURNED}), State.REFUSED),
    Step.CORRECT: (frozenset({State.RETURNED, State.FILED}), State.FILED),
    Step.ADMIT: (frozenset({State.ACCEPTED}), State.ADMITTED),
    Step.WITHDRAW: (LIVE, State.WITHDRAWN),
    Step.REPLACE: (frozenset({State.ADMITTED}), State.REPLACED),
    Step.REINSTATE: (frozenset({State.REPLACED}), State.ADMITTED),
    Step.EXPEL: (frozenset({State.ADMITTED}), State.EXPELLED),
    Step.MISS: (frozenset({State.ADMITTED}), State.NOT_REPORTED),
}


def state_after(state: str, step: Step) -> State:
    """Return the state that ``step`` leads to, or raise ``Refusal`` naming the states it starts from."""
    starts, end = _STEPS[step]
    if State(state) in starts:
        return end
    now, verb = STATE_WORDS[State(state)], STEP_WORDS[step]
    allowed = [STATE_WORDS[start] for start in State if start in starts]
    raise Refusal(
        "wrong-state",
        f"该推荐当前为“{now.zh}”，不能{verb.zh}；只有“{'、'.join(words.zh for words in allowed)}”状态可以",
        f"the nomination is {now.en} and cannot {verb.en}; only {', '.join(words.en for words in allowed)} can",
    )


def missing_criteria(attested: frozenset[str], required: frozenset[str]) -> tuple[Criterion, ...]:
    """Return the required criteria nobody has signed yet, in their order."""
    return tuple(item for item in Criterion if item in required and item not in attested)


def reason_words(table: dict[str, Sentence], code: str) -> Sentence:
    """Return the words of a reason code, or raise ``Refusal`` listing the codes there are."""
    if code in table:
        return table[code]
    choices = "、".join(f"{key}（{words.zh}）" for key, words in table.items())
    raise Refusal(
        "reason-code",
        f"没有原因代码“{code}”，可用：{choices}",
        f"no reason code {code!r}; use one of {', '.join(table)}",
    )
