"""The pages of the chat, thin over the engine."""
