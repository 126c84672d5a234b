"""The timetable inside the terms: curriculum-based course timetabling, pure and usable alone."""
