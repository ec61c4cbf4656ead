"""How long other libraries take to read a file, for the benchmark of data.

    python bench/data_peers.py FILE

One line of JSON says for each library that is installed its version and the seconds of a first reading, all columns into its own
memory: pyarrow's and pandas' tables, and an Arrow table of DuckDB.
"""

import importlib
import json
import sys
import time

path = sys.argv[1]
is_csv = path.endswith(".csv")


def pyarrow_reads():
    if is_csv:
        from pyarrow import csv

        return lambda: csv.read_csv(path, parse_options=csv.ParseOptions(newlines_in_values=True))
    from pyarrow import parquet

    return lambda: parquet.read_table(path)


def pandas_reads():
    import pandas

    return lambda: pandas.read_csv(path) if is_csv else pandas.read_parquet(path)


def duckdb_reads():
    import duckdb

    connection = duckdb.connect()
    return lambda: connection.sql(f"SELECT * FROM '{path}'").to_arrow_table()


found = {}
for name, prepare in (("pyarrow", pyarrow_reads), ("pandas", pandas_reads), ("duckdb", duckdb_reads)):
    try:
        version = importlib.import_module(name).__version__
        read = prepare()
    except ImportError:
        continue
    began = time.perf_counter()
    table = read()
    found[name] = {"version": version, "seconds": time.perf_counter() - began}
    del table
print(json.dumps(found))
