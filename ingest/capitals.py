"""Headings that are told by their capitals alone."""


def in_capitals(text: str) -> bool:
    """Whether it is set in capitals as a heading is: a few words of letters alone."""
    if any(c.isalpha() and not c.isupper() for c in text):  # as in most lines, near their beginning
        return False
    return sum(map(str.isalpha, text)) > 4 and not any(map(str.isdigit, text)) and len(text.split()) <= 10
