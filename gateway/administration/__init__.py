"""The gateway's own operations, run in its own process."""
