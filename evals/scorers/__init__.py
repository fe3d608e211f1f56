"""One scorer a file: a definition, its source, and a function from a case and its answer to a Score."""
