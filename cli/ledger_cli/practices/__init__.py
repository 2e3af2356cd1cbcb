"""The sixty-two practices of serving a client: what records each, and what shows it."""
