"""`python -m hub.prepare`: makes the embedder ready; some three seconds, once."""

import sys

from hub.embedder import EmbedderError, prepare
from hub.settings import SettingsError, load_settings


def main() -> int:
    """Prepare the default embedder unless another is named. Returns 1 with a plain line where it cannot be."""
    try:
        settings = load_settings()
        if not settings.embedder:
            prepare(settings.embedder_folder, settings.embedder_weights)
    except (EmbedderError, SettingsError) as error:
        print(f"setup: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
