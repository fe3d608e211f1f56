"""What everything stands on: the nouns, settings, the model's components, the embedder, quotes and the library."""
