"""Requests on both brokers; each test bears the number of the pitfall it guards against."""

from __future__ import annotations

from tests.contract.messaging.conftest import Play


def test_p08_a_call_over_direct_reply_to_comes_back_with_its_context(play: Play) -> None:
    seen = play("rpc_scenarios:round_trip")
    assert seen["reply"] == {
        "text": "江城",
        "day": "2020-05-11",
        "caller": "organiser",
        "depth": 1,
        "correlation": "req_7",
    }
    assert seen["pending"] == 0


def test_p02_p03_broken_and_hostile_requests_are_put_aside_and_the_service_still_answers(play: Play) -> None:
    seen = play("rpc_scenarios:hostile_requests")
    assert seen["alive"] == "still here"
    assert seen["reasons"] == ["no-reply-to"] * 3 + ["unreadable"] * 3
    assert seen["answered"] == ["malformed", "malformed"]


def test_p04_the_caller_returns_at_its_deadline_and_nothing_stays_pending(play: Play) -> None:
    seen = play("rpc_scenarios:deadline_in_time")
    assert seen["fault"] == "deadline-exceeded"
    assert 0.55 < seen["took"] < 15
    assert seen["pending"] == 0


def test_p05_a_request_whose_caller_has_left_is_not_run_when_the_service_comes_back(play: Play) -> None:
    seen = play("rpc_scenarios:zombies")
    assert seen["fault"] == "deadline-exceeded"
    assert seen["late"] == "alive"
    assert seen["ran"] == ["alive"]


def test_p05_a_request_that_runs_out_while_it_waits_for_a_place_is_counted_and_the_full_places_are_seen(
    play: Play,
) -> None:
    assert play("rpc_scenarios:all_request_places_held") == {
        "fault": "deadline-exceeded",
        "ran_out": 1.0,
        "ran": ["0", "1"],
        "measures": {"request_busy": 2, "request_size": 2},
        "trouble": True,
    }


def test_p06_a_stop_amid_requests_answers_what_runs_and_leaves_the_rest_to_others(play: Play) -> None:
    seen = play("rpc_scenarios:stopped_amid_requests")
    assert seen["graceful"]
    assert seen["ran"] == 2
    assert seen["waiting"] == 2
    assert seen["replies"] == ["0", "1", "2", "3"]
    assert seen["runs"] == 4


def test_p12_asking_a_service_that_never_ran_is_refused_at_once(play: Play) -> None:
    assert play("rpc_scenarios:nobody_serves") == {"fault": "unavailable", "quick": True, "pending": 0}


def test_p15_a_chain_of_three_services_with_one_worker_each_gets_its_answer(play: Play) -> None:
    assert play("rpc_scenarios:depth_three_with_one_worker_each") == {"text": "end at 3"}


def test_p15_a_ring_of_services_is_cut_at_the_depth_limit(play: Play) -> None:
    seen = play("rpc_scenarios:ring_of_services")
    assert seen == {"fault": "call-too-deep", "details": {"depth": 6, "limit": 5}}


def test_p19_faults_cross_with_code_and_details_and_of_a_bug_nothing_leaks(play: Play) -> None:
    seen = play("rpc_scenarios:faults")
    assert seen["fault"] == {"fault": "conflict", "details": {"quota": 3}}
    assert seen["bug"] == seen["unfit"] == {"fault": "remote-fault", "details": {"code": "remote-fault"}}
    assert seen["unknown"] == "unknown-operation"
    assert "hunter2" not in str(seen)


def test_who_may_not_call_is_refused_by_role_by_scope_and_by_reach(play: Play) -> None:
    seen = play("rpc_scenarios:faults")
    assert (seen["role"], seen["scope"], seen["reach"]) == ("forbidden",) * 3
    assert seen["within"] == "ok"
    assert seen["field"]["details"] == {"fields": {"colour": ["Unknown field."]}}


def test_a_caller_token_signed_with_another_secret_is_refused(play: Play) -> None:
    assert play("rpc_scenarios:forged_caller") == {"fault": "unauthenticated"}


def test_four_hundred_calls_at_once_each_get_their_own_reply(play: Play) -> None:
    assert play("rpc_scenarios:many_at_once") == {"matched": True, "pending": 0}


def test_p06_requests_that_meet_a_stopping_replica_are_answered_by_another(play: Play) -> None:
    seen = play("rpc_scenarios:a_replica_that_takes_long_to_stop")
    assert seen == {"answered": list(range(40)), "quarantined": 0}
