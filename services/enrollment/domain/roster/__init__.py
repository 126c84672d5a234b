"""How a roster is understood: its headings, its cells, the term each row names."""
