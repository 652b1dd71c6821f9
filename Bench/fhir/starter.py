"""A FHIR server as one would write it with fhirstarter and SQLite: ServiceRequest, created and read.

fhirstarter checks what comes by the models of fhir.resources (R4B), as it does for every interaction.
A resource is one row, its JSON as the model writes it, durable before it is answered. There is no
token, no rule and no log.

STARTER_DATABASE names the file. STARTER_MODE says how handlers run: `threads` (in the pool of
threads, a connection for each) or `inline` (on the event loop itself).

Run by itself it makes the file, with the resources of an NDJSON file.
"""

import os
import sqlite3
import sys
import threading
from uuid import uuid4

os.environ["FHIR_SEQUENCE"] = "R4B"

from fhir.resources.R4B.servicerequest import ServiceRequest  # noqa: E402
from fhirstarter import FHIRProvider, FHIRStarter, InteractionContext  # noqa: E402
from fhirstarter.exceptions import FHIRResourceNotFoundError  # noqa: E402

SCHEMA = """
CREATE TABLE IF NOT EXISTS resources (
    id TEXT PRIMARY KEY, version INTEGER NOT NULL, json TEXT NOT NULL
) WITHOUT ROWID
"""
INSERT = "INSERT INTO resources (id, version, json) VALUES (?, 1, ?)"
SELECT = "SELECT json FROM resources WHERE id = ?"

own = threading.local()


def connection():
    """This thread's connection, on which every statement reaches the disk before it returns."""
    if not hasattr(own, "connection"):
        own.connection = sqlite3.connect(
            os.environ["STARTER_DATABASE"], timeout=30, isolation_level=None
        )
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "cache_size = -65536"):
            own.connection.execute(f"PRAGMA {pragma}")
    return own.connection


def keep(resource):
    resource.id = str(uuid4())
    connection().execute(INSERT, (resource.id, resource.model_dump_json()))
    return resource.id


def find(id_):
    row = connection().execute(SELECT, (id_,)).fetchone()
    if row is None:
        raise FHIRResourceNotFoundError
    return ServiceRequest.model_validate_json(row[0])


provider = FHIRProvider()

if os.environ.get("STARTER_MODE") == "threads":

    @provider.create(ServiceRequest)
    def create(context: InteractionContext, resource: ServiceRequest) -> str:
        return keep(resource)

    @provider.read(ServiceRequest)
    def read(context: InteractionContext, id_: str) -> ServiceRequest:
        return find(id_)

else:

    @provider.create(ServiceRequest)
    async def create(context: InteractionContext, resource: ServiceRequest) -> str:
        return keep(resource)

    @provider.read(ServiceRequest)
    async def read(context: InteractionContext, id_: str) -> ServiceRequest:
        return find(id_)


app = FHIRStarter(title="Referrals", docs_url=None, redoc_url=None, openapi_url=None)
app.add_providers(provider)


if __name__ == "__main__":
    connection().execute(SCHEMA)
    with open(sys.argv[1], encoding="utf-8") as lines:
        for line in lines:
            resource = ServiceRequest.model_validate_json(line)
            connection().execute(INSERT, (resource.id, line.strip()))
