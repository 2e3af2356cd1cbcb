"""The week of each engagement: where it stands, where it stood a week before, and what got worse (domain 3.7)."""
