"""The command line of Diaoxun."""
