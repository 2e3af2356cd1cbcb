"""The stores: how a journal is kept. Nothing outside knows what they are made of."""
