"""The command `engage`."""
