"""An act recorded: what it may say about itself, and what is said of it once it stands."""
