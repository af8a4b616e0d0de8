"""Practice for new caseworkers: fictional cases in a database of their own, under a clock that can be moved on."""
