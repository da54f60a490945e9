"""HubSpot's batches: the answers come in any order, and one bad value refuses all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hubspot.crm.objects import (
    BatchInputSimplePublicObjectBatchInput,
    BatchInputSimplePublicObjectBatchInputForCreate,
    BatchReadInputSimplePublicObjectId,
    BatchResponseSimplePublicObject,
    SimplePublicObjectBatchInput,
    SimplePublicObjectBatchInputForCreate,
    SimplePublicObjectId,
)

from .connection import ATTEMPTS, Result, wait
from .errors import AnswerLost, Refused, SyncError
from .hubspot_properties import OBJECTS, associations, properties
from .job import Write, Written

if TYPE_CHECKING:
    from .hubspot import HubSpotConnection

# Writes by their number, which goes with each and comes back with its result or its error.
Rows = dict[int, Write]
Results = dict[int, Result]


def write_batch(connection: HubSpotConnection, writes: list[Write]) -> list[Result]:
    """Writes up to 100 records. A batch that is refused as a whole is halved until the bad rows stand alone: the
    others still go through, with the same login."""
    results: Results = {}
    batches: list[Rows] = [dict(enumerate(writes))]
    while batches:
        rows = batches.pop()
        try:
            results.update(send(connection, rows))
        except Refused:
            if len(rows) == 1:
                results.update(one_by_one(connection, rows))
            else:
                batches += halves(rows)
        except SyncError as error:
            results.update(dict.fromkeys(rows, error))
    return [results[row] for row in range(len(writes))]


def send(connection: HubSpotConnection, rows: Rows) -> Results:
    """One request. Where the answer to a create gets lost, what has arrived is left out of the next one."""
    write = next(iter(rows.values()))
    if write.crm_id:
        return read(connection, rows, connection.insist(lambda: update(connection, rows)))
    arrived: Results = {}
    for attempt in range(ATTEMPTS):
        try:
            return arrived | send_creates(connection, without(rows, arrived))
        except AnswerLost as error:
            last = error
            wait(attempt)
            arrived = find_all(connection, rows)
            if len(arrived) == len(rows):
                return arrived
    raise last


def send_creates(connection: HubSpotConnection, rows: Rows) -> Results:
    """One request, which is not repeated."""
    return read(connection, rows, connection.call(lambda: create(connection, rows)))


def create(connection: HubSpotConnection, rows: Rows) -> BatchResponseSimplePublicObject:
    """A batch of creates."""
    inputs = [
        SimplePublicObjectBatchInputForCreate(
            properties=properties(write, connection.app["unique_property"]),
            associations=associations(write),
            object_write_trace_id=str(row),
        )
        for row, write in rows.items()
    ]
    batch = BatchInputSimplePublicObjectBatchInputForCreate(inputs=inputs)
    return connection.batches.create(object_of(rows), batch)


def update(connection: HubSpotConnection, rows: Rows) -> BatchResponseSimplePublicObject:
    """A batch of updates."""
    inputs = [
        SimplePublicObjectBatchInput(
            id=write.crm_id,
            properties=properties(write, connection.app["unique_property"]),
            object_write_trace_id=str(row),
        )
        for row, write in rows.items()
    ]
    return connection.batches.update(object_of(rows), BatchInputSimplePublicObjectBatchInput(inputs=inputs))


def read(connection: HubSpotConnection, rows: Rows, answer: BatchResponseSimplePublicObject) -> Results:
    """Hands each result and each error to its row. A row whose address another record has is tried alone, as is
    one that the answer does not name."""
    results: Results = {int(record.object_write_trace_id): Written(record.id) for record in answer.results}
    for error in getattr(answer, "errors", None) or []:
        if error.category != "CONFLICT":
            named = (error.context or {}).get("objectWriteTraceId", [])
            results.update({int(row): Refused(error.category, error.message) for row in named})
    return results | one_by_one(connection, without(rows, results))


def one_by_one(connection: HubSpotConnection, rows: Rows) -> Results:
    """Each in a request of its own."""
    return {row: connection.try_one(write) for row, write in rows.items()}


def find_all(connection: HubSpotConnection, rows: Rows) -> Results:
    """The rows that HubSpot has, by Apollo's id."""
    unique = connection.app["unique_property"]
    by_external_id = {write.external_id: row for row, write in rows.items()}
    wanted = BatchReadInputSimplePublicObjectId(
        id_property=unique,
        inputs=[SimplePublicObjectId(id=external_id) for external_id in by_external_id],
        properties=[unique],
        properties_with_history=[],
    )
    found = connection.insist(lambda: connection.batches.read(object_of(rows), wanted)).results
    return {by_external_id[record.properties[unique]]: Written(record.id) for record in found}


def halves(rows: Rows) -> list[Rows]:
    """The rows in two batches."""
    items = list(rows.items())
    middle = len(items) // 2
    return [dict(items[middle:]), dict(items[:middle])]


def without(rows: Rows, results: Results) -> Rows:
    """The rows that have no result yet."""
    return {row: write for row, write in rows.items() if row not in results}


def object_of(rows: Rows) -> str:
    """HubSpot's name for what the rows are."""
    return OBJECTS[next(iter(rows.values())).object]
