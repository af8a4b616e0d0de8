"""Existing cases from a spreadsheet: a mapping says what its columns mean; its rows become rows of the event log."""
