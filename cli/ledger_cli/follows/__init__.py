"""What follows from an act, in sentences made of rows of the read model: what is due now, what was late, what counts."""
