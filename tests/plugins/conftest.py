"""The distributions in this folder are test material: their own tests run where they are installed."""

collect_ignore_glob = ["*/tests/*"]
