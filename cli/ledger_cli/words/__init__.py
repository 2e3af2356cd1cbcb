"""The words of the command: which there are, how click finds them, and what a shell is offered after each."""
