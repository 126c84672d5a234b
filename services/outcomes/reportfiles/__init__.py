"""Files of reports: what they are, whether they are safe, what they say, and copies without their author."""
