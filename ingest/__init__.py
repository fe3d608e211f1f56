"""From a manifest's rows to a library and its index: load, split, tag, embed, keep, index."""
