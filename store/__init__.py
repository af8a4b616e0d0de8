"""What was recorded: an append-only log in SQLite or PostgreSQL. Imports no other room."""
