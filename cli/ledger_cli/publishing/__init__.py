"""Tables published: what of them, for whom, and where to."""
