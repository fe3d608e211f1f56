"""The answering engine: a question in, a stream of events ending in one Answer out."""
