"""What the program writes for people outside it: tables, pages and letters. Values in, text or bytes out."""
