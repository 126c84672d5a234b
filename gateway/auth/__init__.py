"""Who is calling the gateway: API keys for agencies, accounts and sessions for people."""
