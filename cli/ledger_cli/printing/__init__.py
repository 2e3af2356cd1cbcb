"""How the command speaks: tables, pages and files that nothing in them can harm."""
