"""The pm4py side: journeys from an event log that cjmine saved, as an analyst would write it.

Usage: ``python pm4py_from_parquet.py log.parquet``
"""

import sys

import pandas as pd
import pm4py

columns = ["case:concept:name", "concept:name", "time:timestamp"]
log = pm4py.format_dataframe(pd.read_parquet(sys.argv[1], columns=columns))

graph, starts, ends = pm4py.discover_dfg(log)
variants = pm4py.get_variants(log)
medians, _, _ = pm4py.discover_performance_dfg(log, perf_aggregation_key="median")

print("events", len(log))
print("journeys", sum(variants.values()))
print("variants", len(variants))
print("pairs", len(graph))
print("follows", sum(graph.values()))
print("medians", sum(medians.values()))
