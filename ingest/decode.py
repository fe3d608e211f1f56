"""From bytes to letters, where what a file says of its encoding may be wrong or missing."""

import codecs

from bs4.dammit import EncodingDetector


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


codecs.register_error("as-windows-1252", _as_windows_1252)


def decode(data: bytes, declared: str | None = None) -> str:
    """The text in `data`: by its byte order mark, else as UTF-8, else as `declared`, else as Windows-1252.

    Letters of other encodings hardly ever make valid UTF-8, so it comes before what the file says of itself.
    """
    data, marked = EncodingDetector.strip_byte_order_mark(data)
    if marked:
        return data.decode(marked, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_as(data, declared)


def _decode_as(data: bytes, declared: str | None) -> str:
    try:
        name = codecs.lookup(declared or "utf-8").name
        # To every browser Latin-1 and ASCII are Windows-1252, which adds quotation marks and dashes to them.
        if name not in ("ascii", "iso8859-1", "cp1252") and not name.startswith("utf"):
            return data.decode(name, errors="replace")
    except (LookupError, ValueError):  # a name that nobody knows, or of no text encoding
        pass
    # Byte by byte: a page pasted together may be UTF-8 but for a few letters.
    return data.decode("utf-8", errors="as-windows-1252")


def decode_page(data: bytes) -> str:
    """The text of an HTML page, which may declare its encoding."""
    return decode(data, EncodingDetector.find_declared_encoding(data, is_html=True))
