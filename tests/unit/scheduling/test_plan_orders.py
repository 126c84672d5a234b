"""Orders of a plan: when they contradict, and which terms they mean."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from services.scheduling.domain.plan_orders import OrderEnd, PlanOrder, order_faults, ordered_terms

ENDS = st.builds(OrderEnd, st.integers(1, 3), st.none() | st.integers(1, 2))
ORDERS = st.lists(st.builds(PlanOrder, ENDS, ENDS, st.integers(0, 9)), max_size=5)
TERMS = {(programme, term): f"{programme}.{term}" for programme in (1, 2, 3) for term in (1, 2)}


def goes_round(pairs: set[tuple[str, str]]) -> bool:
    """Whether no term is left once those that nothing must come before are taken away again and again."""
    while True:
        late = {after for _, after in pairs}
        rest = {(before, after) for before, after in pairs if before in late}
        if rest == pairs:
            return bool(pairs)
        pairs = rest


@given(ORDERS)
def test_orders_are_faulty_when_the_terms_they_mean_go_round(orders: list[PlanOrder]) -> None:
    faults = order_faults(orders, {1: 2, 2: 2, 3: 2})
    assert bool(faults) == goes_round(set(ordered_terms(orders, TERMS)))


@given(ORDERS)
def test_what_is_faulty_with_terms_open_is_faulty_with_them_known(orders: list[PlanOrder]) -> None:
    if order_faults(orders, {1: None, 2: None, 3: None}):
        assert order_faults(orders, {1: 2, 2: 2, 3: 2})


def test_a_whole_programme_means_each_of_its_terms_and_the_longest_delay_holds() -> None:
    orders = [PlanOrder(OrderEnd(1), OrderEnd(2, 1), 2), PlanOrder(OrderEnd(1, 2), OrderEnd(2), 5)]
    assert ordered_terms(orders, TERMS) == {
        ("1.1", "2.1"): 2,
        ("1.2", "2.1"): 5,
        ("1.2", "2.2"): 5,
    }
    assert ordered_terms([PlanOrder(OrderEnd(9), OrderEnd(1))], TERMS) == {}


def test_faults_name_the_order_and_what_it_names() -> None:
    orders = [PlanOrder(OrderEnd(1), OrderEnd(4)), PlanOrder(OrderEnd(2, 3), OrderEnd(1))]
    assert [(each.number, each.en) for each in order_faults(orders, {1: 2, 2: 2})] == [
        (0, "order 1 names programme 4, and the plan has no such programme"),
        (1, "order 2 names programme 2, term 3, and that programme has 2 terms"),
    ]
    (fault,) = order_faults([PlanOrder(OrderEnd(1), OrderEnd(2)), PlanOrder(OrderEnd(2), OrderEnd(1))], {1: 2, 2: None})
    assert (fault.number, fault.zh) == (1, "先后要求成了循环：第2班→第1班→第2班，请去掉其中一条")
