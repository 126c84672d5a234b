"""The console: pages in Chinese, rendered here, readable without scripts."""
