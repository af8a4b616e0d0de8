"""What follows from handbook, records and a given ``now``. Pure: no terminal, no database, no clock."""
