"""What can go wrong in an ingest. All but LoadError stop it; a LoadError fails one document and the rest go on."""


class IngestError(Exception):
    """The base: an ingest could not do what was asked; the message says what to do."""


class ManifestError(IngestError):
    """A manifest cannot be used; the message names the file and the row."""


class LoadError(IngestError):
    """One document cannot be read."""
