"""Times decoding and encoding of a resource by Python's orjson and json, and by fhir.resources.

python codecs.py RESOURCE FIGURES: seconds for one of each, the median of 21 rounds.
"""

import json
import statistics
import sys
import time

import orjson
from fhir.resources.R4B.servicerequest import ServiceRequest

ROUNDS = 21


def seconds(work, times):
    def once():
        start = time.perf_counter()
        for _ in range(times):
            work()
        return (time.perf_counter() - start) / times

    once()
    return statistics.median(once() for _ in range(ROUNDS))


data = open(sys.argv[1], "rb").read()
tree = orjson.loads(data)
model = ServiceRequest.model_validate_json(data)
figures = {
    "orjson_decode": seconds(lambda: orjson.loads(data), 2_000),
    "orjson_encode": seconds(lambda: orjson.dumps(tree), 2_000),
    "json_decode": seconds(lambda: json.loads(data), 500),
    "json_encode": seconds(lambda: json.dumps(tree), 500),
    "model_decode": seconds(lambda: ServiceRequest.model_validate_json(data), 10),
    "model_encode": seconds(lambda: model.model_dump_json(), 10),
}
with open(sys.argv[2], "w", encoding="utf-8") as file:
    file.writelines(f"{name} {value}\n" for name, value in figures.items())
