"""The platform kit: what every service shares and no service owns."""
