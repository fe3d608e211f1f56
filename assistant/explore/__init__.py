"""The map through the evidence: coverage, comparison, a pathway from a strategy, and the gaps."""
