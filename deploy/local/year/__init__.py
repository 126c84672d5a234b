"""The duties of the plan around its main line, from the needs survey in January to the archives in December."""
