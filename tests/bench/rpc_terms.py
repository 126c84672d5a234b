"""What both sides of the RPC bench know; importing it patches nothing."""

SECRET = "bench-secret-" + "0" * 32
WORKERS = 50
