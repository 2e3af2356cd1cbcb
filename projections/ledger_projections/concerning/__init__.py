"""Which things of a stream its new entries concern: only their rows are made again."""
