"""A large first letter that stands over several lines goes back to its word."""

from ingest.pdf_segments import Segment


def join_initials(segments: list[Segment], words: set[str]) -> list[Segment]:
    """The same segments, each large initial joined to the topmost line beside it. `words`: those that the document holds whole."""
    rest = segments
    for initial in segments:
        if len(initial.text) > 1:
            continue
        beside = [
            s
            for s in rest
            if initial.is_initial_of(s)
            and -1 < s.x - initial.x_end < initial.size
            and initial.y - 0.1 * initial.size <= s.y <= initial.y + initial.size
        ]
        if not beside:
            continue
        line = max(beside, key=lambda s: s.y)
        first = line.text.split()[0]
        # "A year" and "I was" begin with a whole word; but "After" may stand in the text too.
        apart = initial.text in "AI" and (initial.text + first).lower() not in words
        line.text, line.x = f"{initial.text}{' ' if apart else ''}{line.text}", initial.x
        for other in beside:
            other.x = initial.x  # they are set in to make room for it alone
        rest = [s for s in rest if s is not initial]
    return rest
