"""Eval sets, and the benchmarks whose figures the documentation gives."""
