"""The words of the command, a module for each few that belong together."""
