"""Counts the report over the exported facts in DuckDB, as fast as it will go.

Usage: duckdb_report.py FOLDER

FOLDER holds facts.csv, columns.csv (name and type of each column) and queries.json (name and SQL of
each statement). Every statement must give the same row; the median time of each, the fastest of them
and the row go to FOLDER/duckdb.figures.
"""

import csv
import json
import os
import statistics
import sys
import time

import duckdb

TYPES = {"date": "DATE", "integer": "INTEGER", "instant": "TIMESTAMP"}
WARM_UPS = 3
RUNS = 11


def load(connection, folder):
    """Makes the tables `texts` and `enums`, and says how long reading the file took."""
    with open(f"{folder}/columns.csv", encoding="utf-8", newline="") as file:
        types = {row["column"]: TYPES.get(row["type"], "VARCHAR") for row in csv.DictReader(file)}
    columns = ", ".join(f"'{name}': '{kind}'" for name, kind in types.items())
    start = time.perf_counter()
    connection.execute(
        f"CREATE TABLE texts AS SELECT * FROM read_csv('{folder}/facts.csv', header = true, "
        f"columns = {{{columns}}})"
    )
    seconds = time.perf_counter() - start
    chosen = []
    for name, kind in types.items():
        count = connection.execute(f"SELECT count(DISTINCT {name}) FROM texts").fetchone()[0]
        if kind == "VARCHAR" and 0 < count < 10_000:
            connection.execute(
                f"CREATE TYPE enum_{name} AS ENUM "
                f"(SELECT DISTINCT {name} FROM texts WHERE {name} IS NOT NULL ORDER BY 1)"
            )
            chosen.append(f"CAST({name} AS enum_{name}) AS {name}")
        else:
            chosen.append(name)
    connection.execute(f"CREATE TABLE enums AS SELECT {', '.join(chosen)} FROM texts")
    return seconds


def timed(connection, sql):
    """The median seconds of a statement after some runs that are not counted, and its row."""
    times = []
    for run in range(WARM_UPS + RUNS):
        start = time.perf_counter()
        row = connection.execute(sql).fetchone()
        if run >= WARM_UPS:
            times.append(time.perf_counter() - start)
    return statistics.median(times), [int(amount) for amount in row]


def peak():
    """The most memory that this process has held, in MB."""
    with open("/proc/self/status", encoding="utf-8") as status:
        line = next(line for line in status if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024 / 1e6


def main(folder):
    connection = duckdb.connect(":memory:")
    connection.execute(f"SET threads = {os.cpu_count()}")
    figures = {"load_seconds": load(connection, folder)}
    with open(f"{folder}/queries.json", encoding="utf-8") as file:
        queries = json.load(file)
    counted = None
    for query in queries:
        figures[query["name"]], row = timed(connection, query["sql"])
        if counted not in (None, row):
            sys.exit(f"{query['name']} counts {row}, another way {counted}")
        counted = row
    figures["seconds"] = min(figures[query["name"]] for query in queries)
    figures["peak"] = peak()
    figures.update({f"amount.{place}": amount for place, amount in enumerate(counted)})
    with open(f"{folder}/duckdb.figures", "w", encoding="utf-8") as file:
        file.writelines(f"{name} {value}\n" for name, value in figures.items())


main(sys.argv[1])
