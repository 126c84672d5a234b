"""How Diaoxun is started: the command line, the embedded stack, deployment files."""
