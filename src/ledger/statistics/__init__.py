"""Numbers about numbers, exact: quantiles, ranks, trends. Nothing here knows what an engagement is."""
