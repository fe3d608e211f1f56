"""What pypdf raises over bytes that are not what they should be."""

from pypdf.errors import PyPdfError

READ_ERRORS = (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, AssertionError, OverflowError, NotImplementedError)
