"""The parts of the conversation: where it stands, what it says, what it asks and what an answer becomes. All pure."""
