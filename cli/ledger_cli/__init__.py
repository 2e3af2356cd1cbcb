"""The command `engage`."""

import gc

RARELY = 50_000
"""So many objects stay before Python looks for cycles among them: a start makes fewer, and would else look 60 times (8 ms)."""
gc.set_threshold(RARELY)  # here, for most of them are made by the imports that follow
