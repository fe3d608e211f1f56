"""Benchmarks: each prints the figures that the documentation gives, as ratios of one run where they are times."""
