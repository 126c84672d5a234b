"""Events for the outside: kept in a bounded log, streamed to whoever may see them."""
