"""Scorers that ask a judge llm."""
