"""What was known and so at a moment: the state of an engagement in words, and what each entry changed in it."""
