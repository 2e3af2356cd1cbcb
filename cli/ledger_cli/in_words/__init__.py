"""What rows of the tables say, in words: amounts and moments, figures, changes, corrections, the moment asked for."""
