"""What rows of the tables say, in words: amounts and moments, one entry, figures, changes, corrections, the past asked for."""
