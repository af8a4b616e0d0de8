"""What the law and the municipality say: Markdown pages read into a frozen model. Imports no other room."""
