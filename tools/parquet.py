"""Writes a Parquet file from rows of CSV.

    parquet.py FILE COLUMNS < ROWS

COLUMNS is JSON: a list of columns, each with `name`, `type` (text, date, integer, instant or
tokens) and `says`. ROWS are CSV without a header. A blank cell is null. Tokens, parted by spaces,
become a list of texts. What each column says stands in the file's key-value metadata, under the
column's name.
"""

import json
import sys

import duckdb

TYPES = {
    "text": "{0}",
    "date": "CAST({0} AS DATE)",
    "integer": "CAST({0} AS BIGINT)",
    "instant": "CAST({0} AS TIMESTAMPTZ)",
    "tokens": "CASE WHEN {0} IS NULL THEN [] ELSE string_split({0}, ' ') END",
}


def name(text):
    return '"' + text.replace('"', '""') + '"'


def word(text):
    return "'" + text.replace("'", "''") + "'"


def main(path, columns):
    read = ", ".join(f"{word(column['name'])}: 'VARCHAR'" for column in columns)
    select = ", ".join(
        f"{TYPES[column['type']].format(name(column['name']))} AS {name(column['name'])}"
        for column in columns
    )
    says = ", ".join(f"{name(column['name'])}: {word(column['says'])}" for column in columns)
    connection = duckdb.connect(config={"threads": 1, "memory_limit": "1GB"})
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute(
        f"COPY (SELECT {select} FROM read_csv('/dev/stdin', header = false, auto_detect = false, "
        f"delim = ',', quote = '\"', escape = '\"', columns = {{{read}}})) "
        f"TO {word(path)} (FORMAT parquet, COMPRESSION zstd, KV_METADATA {{{says}}})"
    )


main(sys.argv[1], json.loads(sys.argv[2]))
