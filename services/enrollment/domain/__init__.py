"""The pure part of enrollment: identifiers, rosters, nominations, eligibility, seats. Standard library only."""
