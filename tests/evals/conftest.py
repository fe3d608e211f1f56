"""The evals' tests speak to the assistant's llm on loopback too."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent / "assistant"))
