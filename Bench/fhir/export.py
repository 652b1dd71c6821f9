"""Takes all records away in bulk: begins an export, waits for it, fetches every file.

export.py BASE AUTHORIZATION FIGURES

Writes how many lines came, and the seconds from the first request to the last byte. Each file must
have as many lines as it was said to have.
"""

import http.client
import json
import sys
import time
from urllib.parse import urlsplit

BASE, AUTHORIZATION, FIGURES = sys.argv[1:]
parts = urlsplit(BASE)
connection = http.client.HTTPConnection(parts.netloc, timeout=60)


def ask(path, **headers):
    connection.request("GET", path, headers={"Authorization": AUTHORIZATION, **headers})
    answer = connection.getresponse()
    return answer.status, answer, answer.read()


start = time.monotonic()
status, answer, body = ask(parts.path + "/$export", Prefer="respond-async")
assert status == 202, (status, body)
place = urlsplit(answer.headers["Content-Location"]).path
while True:
    status, answer, body = ask(place)
    if status == 200:
        break
    assert status == 202, (status, body)
    time.sleep(0.1)
made = time.monotonic()
lines = size = 0
for file in json.loads(body)["output"]:
    status, answer, body = ask(urlsplit(file["url"]).path)
    assert status == 200 and body.count(b"\n") == file["count"], (status, file)
    lines += file["count"]
    size += len(body)
assert lines > 0
end = time.monotonic()
with open(FIGURES, "w", encoding="ascii") as out:
    out.write(f"lines {lines}\nbytes {size}\nmade_seconds {made - start}\nseconds {end - start}\n")
