"""What needs somebody: on the screen of the morning, for a program, in a calendar."""
