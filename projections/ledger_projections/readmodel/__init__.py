"""The read model: how rows are kept in their file, brought up to date, and made anew."""
