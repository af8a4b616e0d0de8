"""What people see: the conversation, the Textual app and the command line."""
