"""Reading: projections of the log into tables."""
