"""What is in an image, as CycloneDX: the licences of its Python packages, and what its distribution installed."""
