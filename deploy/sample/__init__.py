"""A made-up city and its plan for 2020: what ``make run`` works on."""
