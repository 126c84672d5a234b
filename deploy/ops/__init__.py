"""What operators do by hand on one host, over the Docker engine's interface."""
