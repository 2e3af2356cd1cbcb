"""What the ledger says, read out of the tables: those of now, or those that a replay leaves."""
