"""Catches mail for trying: takes everything by SMTP, shows it on a page, sends nothing on."""
