"""An eligibility rule in a distribution of its own."""
