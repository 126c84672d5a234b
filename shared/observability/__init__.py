"""What a running service says about itself: logs, traces, metrics, health."""
