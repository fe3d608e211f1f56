"""The disposable index over the library: dense and lexical search, and their fusion, behind one call."""
