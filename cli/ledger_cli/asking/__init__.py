"""How people name things, and what a command asks for: every word that is typed becomes what the ledger knows."""
