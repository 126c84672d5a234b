"""HTTP as the gateway speaks it: reading requests strictly, answering with validators, links and problems."""
