"""Headings that are told by their capitals alone."""


def in_capitals(text: str) -> bool:
    """Whether it is set in capitals as a heading is: a few words of letters alone."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 4 and all(c.isupper() for c in letters) and not any(c.isdigit() for c in text) and len(text.split()) <= 10
