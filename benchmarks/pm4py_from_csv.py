"""The pm4py side: journeys from a CSV export, as an analyst would write it.

Usage: ``python pm4py_from_csv.py export.csv``
"""

import sys

import pandas as pd
import pm4py

log = pd.read_csv(sys.argv[1], usecols=["customer_id", "timestamp", "activity"])
log["timestamp"] = pd.to_datetime(log["timestamp"])
log = pm4py.format_dataframe(log, "customer_id", "activity", "timestamp")

graph, starts, ends = pm4py.discover_dfg(log)
variants = pm4py.get_variants(log)
medians, _, _ = pm4py.discover_performance_dfg(log, perf_aggregation_key="median")

print("events", len(log))
print("journeys", sum(variants.values()))
print("variants", len(variants))
print("pairs", len(graph))
print("follows", sum(graph.values()))
print("medians", sum(medians.values()))
