"""Measures tables of exports with pandas, as measure.ts describes: one JSON request per line, one JSON answer per line.

A request has `format` ("csv" or "ndjson"), `pattern` of paths, and `fields`: column, kind and the name of its sum.
"""

import glob
import json
import sys

import pandas

MEASURES = {
    "id": lambda values: sum(int(str(value)[:8], 16) for value in values),
    "text": lambda values: sum(len(str(value).encode()) for value in values),
    "number": lambda values: float(values.astype(float).sum()),
    "instant": lambda values: int((pandas.to_datetime(values, utc=True).astype("int64") // 1_000_000 % 86_400_000).sum()),
    "items": lambda values: sum(len(json.loads(value) if isinstance(value, str) else value) for value in values),
    "flag": lambda values: int((values == True).sum()),  # noqa: E712
}


def read(file, format, texts):
    # pandas would turn identifiers and phone numbers that consist of digits into numbers.
    dtype = {column: str for column in texts}
    if format == "csv":
        # A person may be called "Null".
        return pandas.read_csv(file, dtype=dtype, low_memory=False, keep_default_na=False, na_values=[""])
    return pandas.read_json(file, lines=True, dtype=dtype, convert_dates=False)


for line in sys.stdin:
    request = json.loads(line)
    fields = request["fields"]
    texts = [column for column, kind, _ in fields if kind in ("id", "text")]
    frames = [read(file, request["format"], texts) for file in glob.glob(request["pattern"])]
    table = pandas.concat(frames, ignore_index=True)
    answer = {"rows": len(table)}
    for column, kind, name in fields:
        answer[name] = MEASURES[kind](table[column].dropna())
    print(json.dumps(answer), flush=True)
