"""A letter of agreement agreed: read from its file or asked part by part, its changes shown, recorded whole (P01 to P10)."""
