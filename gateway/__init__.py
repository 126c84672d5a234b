"""The HTTP gateway: routes made from contracts, callers, problems, console."""
