"""What was asked of the map in a way that cannot be carried out."""


class ExploreError(ValueError):
    """A name, component or option that is not to be had; the message says what is."""
