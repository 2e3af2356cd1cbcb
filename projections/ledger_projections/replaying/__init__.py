"""The same tables of another moment: as known on one day and as true on another, and entry by entry."""
