"""From bytes to letters, where what a file says of its encoding may be wrong or missing."""

import codecs
import re

from bs4.dammit import EncodingDetector

_DECLARED_WITHIN = 65_536
"""Bytes in which a page's word on its encoding is looked for."""


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
    wide = utf_16(data)
    if wide:
        return data.decode(wide, errors="replace")
    try:
        return _mended(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _decode_as(data, declared)


def utf_16(data: bytes) -> str:
    """The name of the UTF-16 that `data` is in without a mark of it, or "": of Western letters every other byte is zero."""
    head = data[:2000]
    pairs = len(head) // 2
    if pairs < 8:
        return ""
    first, second = head[0::2].count(0), head[1::2].count(0)
    if second > 0.7 * pairs and first < 0.1 * pairs:
        return "utf-16-le"
    return "utf-16-be" if first > 0.7 * pairs and second < 0.1 * pairs else ""


_TWICE = re.compile(r"[ÂÃâð][\u0080-\u00ff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{1,3}")
"""Letters that UTF-8 read as Windows-1252 is made of."""


def _mended(text: str) -> str:
    """Text whose UTF-8 was once read as Windows-1252 and written down so: the few letters that this happened to are put right."""

    def once(match: re.Match[str]) -> str:
        try:
            # Windows-1252 leaves five bytes without a letter: they stay themselves.
            return b"".join(c.encode("latin-1" if "\x80" <= c <= "\x9f" else "cp1252") for c in match[0]).decode("utf-8")
        except UnicodeError:
            return match[0]

    return _TWICE.sub(once, text) if "Ã" in text or "â€" in text or "Â" in text else text


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
    """The text of an HTML page, which may declare its encoding, and need not do so at its very head."""
    return decode(data, EncodingDetector.find_declared_encoding(data[:_DECLARED_WITHIN], is_html=True, search_entire_document=True))
