"""Events on both brokers; each test bears the number of the pitfall it guards against."""

from __future__ import annotations

from tests.contract.messaging.conftest import Play

QUEUE = "listener.sample.thing.happened.v1.react.q1"


def test_p01_an_event_whose_handler_fails_twice_is_handled_at_the_third_attempt(play: Play) -> None:
    seen = play("event_scenarios:fails_twice_then_works")
    assert seen["handled"] == [[1, 3, seen["event_id"]]]
    assert seen["left"] == 0


def test_p01_an_event_whose_handler_always_fails_lies_once_in_quarantine(play: Play) -> None:
    seen = play("event_scenarios:always_fails")
    assert seen["letters"] == [[seen["event_id"], QUEUE, "gave-up", "RuntimeError", 4]]
    assert seen["dated"]
    assert seen["left"] == 0


def test_p01_a_transient_failure_stays_on_the_last_rung_before_it_is_given_up(play: Play) -> None:
    assert play("event_scenarios:lost_connection_in_handler_stays_on_the_last_rung")["attempts"] == 3 + 1 + 3


def test_p02_unreadable_events_go_to_quarantine_at_once_with_their_bytes_and_the_handler_lives(play: Play) -> None:
    seen = play("event_scenarios:broken_bodies")
    assert seen["reasons"] == ["permanent"] + ["unreadable"] * 6
    assert set(seen["attempts"]) == {1}
    assert b"<xml/>".hex() in seen["bodies"]
    assert b'{"number": 1}'.hex() in seen["bodies"]
    assert seen["handled"] == [7]


def test_p06_a_stop_amid_work_finishes_what_runs_and_redelivers_nothing_of_it(play: Play) -> None:
    seen = play("event_scenarios:stopped_amid_work")
    assert seen["graceful"]
    assert seen["first"] == [0, 1]
    assert seen["waiting"] == 2
    assert seen["all"] == [0, 1, 2, 3]


def test_p09_declaring_twice_and_by_the_service_itself_agrees(play: Play) -> None:
    seen = play("event_scenarios:declared_twice")
    assert seen["same"]
    assert QUEUE in seen["queues"]


def test_p10_events_wait_for_a_consumer_that_has_never_started_and_unbound_ones_are_caught(play: Play) -> None:
    assert play("event_scenarios:nobody_there_yet") == {"waiting": 1, "caught": 1, "handled": 1}


def test_p16_no_more_messages_than_the_prefetch_setting_are_handed_out(play: Play) -> None:
    assert play("event_scenarios:bounded_prefetch") == {"unsettled": 3, "waiting": 9, "running": 2}


def test_p23_a_hung_handler_does_not_hold_up_a_stop_and_its_event_comes_back(play: Play) -> None:
    assert play("event_scenarios:hung_handler") == {"graceful": False, "in_time": True, "handled": 0}


def test_p23_a_handler_over_its_time_is_interrupted_and_tried_again(play: Play) -> None:
    seen = play("event_scenarios:slow_handler_is_interrupted")
    assert seen == {"error": "deadline-exceeded", "attempts": 2}


def test_p23_an_event_that_waits_for_a_place_behind_others_keeps_its_own_time(play: Play) -> None:
    seen = play("event_scenarios:a_wait_for_a_place_costs_no_time")
    assert seen == {"attempts": [1] * 6, "at_once": 1}


def test_p01_an_event_that_came_back_twice_is_tried_alone_with_a_note_of_it(play: Play) -> None:
    seen = play("event_scenarios:an_event_that_came_back_twice")
    assert (seen["handled"], seen["said"][:1], seen["reasons"]) == ([1], ["begin"], [])


def test_p01_one_that_cannot_be_noted_climbs_the_ladder_and_is_not_given_back_again(play: Play) -> None:
    seen = play("event_scenarios:one_that_meets_a_store_away")
    assert seen == {"handled": [2], "said": ["begin"], "reasons": []}


def test_p01_one_that_ended_its_process_each_time_it_was_tried_alone_is_put_aside(play: Play) -> None:
    seen = play("event_scenarios:one_that_ended_two_processes_alone")
    assert (seen["handled"], seen["reasons"]) == ([], ["crashed-repeatedly"])


def test_dead_letters_go_back_to_their_own_queue_only_and_every_act_is_noted(play: Play) -> None:
    seen = play("event_scenarios:replayed_letters")
    assert seen["rehearsed"] == seen["untouched"] == 3
    assert seen["gone"]
    assert seen["moved"]
    assert seen["again"] == [4, 4]
    assert seen["elsewhere"] == 0
    assert seen["noted"] == ["discard", "replay", "replay"]
    assert seen["shown"]


def test_p17_three_replicas_make_one_tick_a_slot_and_another_takes_over(play: Play) -> None:
    seen = play("timer_scenarios:three_replicas")
    # Slots begin at midnight in the city.
    assert seen["daily"] == [f"2020-05-{day}T16:00:00+00:00" for day in (10, 11, 12, 13)]
    assert seen["once"]
    assert seen["after"] == "2020-05-14T16:00:00+00:00"


def test_p06_events_that_meet_a_stopping_replica_are_handled_by_another(play: Play) -> None:
    seen = play("event_scenarios:a_replica_that_takes_long_to_stop")
    assert seen == {"handled": list(range(40)), "quarantined": 0}
