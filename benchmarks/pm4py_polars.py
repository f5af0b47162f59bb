"""pm4py's fastest way: its polars back ends on a LazyFrame, from a CSV export or a saved log.

Usage: ``python pm4py_polars.py export.csv`` or ``python pm4py_polars.py log.parquet``
"""

import sys

import pm4py
import polars as pl

CASE, ACTIVITY, TIME = "case:concept:name", "concept:name", "time:timestamp"

if sys.argv[1].endswith(".csv"):
    events = pl.read_csv(sys.argv[1], columns=["customer_id", "timestamp", "activity"])
    events = events.rename({"customer_id": CASE, "activity": ACTIVITY, "timestamp": TIME})
    events = events.with_columns(pl.col(TIME).str.to_datetime())
else:
    events = pl.read_parquet(sys.argv[1], columns=[CASE, ACTIVITY, TIME])
log = events.sort(CASE, TIME, maintain_order=True).lazy()

graph, starts, ends = pm4py.discover_dfg(log)
variants = pm4py.get_variants(log)
medians, _, _ = pm4py.discover_performance_dfg(log, perf_aggregation_key="median")

print("events", len(events))
print("journeys", sum(variants.values()))
print("variants", len(variants))
print("pairs", len(graph))
print("follows", sum(graph.values()))
print("medians", sum(medians.values()))
