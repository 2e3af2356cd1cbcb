"""How the events of each area are said."""
