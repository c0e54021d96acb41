"""Resources that are only kept and given back: each is a line of a table, and this engine answers for all of them.

A `Resource` says where its records are, what is in them, and what is refused; `routes_of` makes its routes: create, list,
retrieve, update and delete. What a resource does beside that is a route of its own, which finds its record by
`Resource.of`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from novu_framework_testing.api.http import ApiError, ApiResponse, Page
from novu_framework_testing.api.pages import CURSOR, by_cursor
from novu_framework_testing.api.routing import Call, Routes
from novu_framework_testing.api.validation import Body
from novu_framework_testing.simulation.clock import iso
from novu_framework_testing.simulation.records import Record

Fields: TypeAlias = dict[str, Any]


def _as_given(call: Call, body: Fields, record: Record | None) -> Fields:
    return body


def _as_kept(call: Call, record: Record) -> Record:
    return dict(record)


def _nothing(call: Call, record: Record) -> None:
    pass


def listed_by_cursor(call: Call, resource: Resource, records: Sequence[Record]) -> Page:
    """Answer a listing with one page of it, newest first."""
    asked = call.request.first("orderBy") or "_id"
    ordered = sorted(records, key=lambda record: str(record.get(asked, "")))
    return by_cursor(
        ordered, call.request, lambda one: resource.shown(call, one), id_of=lambda one: str(one["_id"])
    )


def listed_whole(call: Call, resource: Resource, records: Sequence[Record]) -> list[Record]:
    """Answer a listing with all of it, newest first."""
    return [resource.shown(call, record) for record in reversed(records)]


@dataclass(frozen=True)
class Resource:
    """A kind of record.

    Attributes:
        name: Its place in the simulation's `records`.
        path: The path of one record; the last part names it, and without that part it is the path of all.
        key: The field that the path names, unique among the records; they are found by `_id` too.
        create, update: The bodies. What they do not name is not kept.
        missing, taken: What a 404 and a 409 say; `{}` is the key.
        defaults: The fields of a new record that the body leaves out.
        filters: Query names of a listing, and the field (or its path, with dots) that has to hold the value, whatever the
            case.
        statuses: Of create and delete.
        update_method: `PATCH` or `PUT`.
        parent: The resource that the records belong to, and go with.
        parent_field: The field with the parent's `_id`.
        prepared: Turns a body into fields, given the record or None, or refuses it.
        shown: Turns a record into what is answered.
        listed, list_query: How a listing is paged, and the query names for that.
        delete_query: The query names of deleting.
        kept: Refuses to delete a record that has to stay.
        changed: Called with a record that was made, updated or deleted.
    """

    name: str
    path: str
    key: str
    create: Body
    update: Body
    missing: str
    taken: str = ""
    defaults: Mapping[str, Any] = field(default_factory=dict)
    filters: Mapping[str, str] = field(default_factory=dict)
    statuses: tuple[int, int] = (201, 204)
    update_method: str = "PATCH"
    parent: Resource | None = None
    parent_field: str = ""
    prepared: Callable[[Call, Fields, Record | None], Fields] = _as_given
    shown: Callable[[Call, Record], Record] = _as_kept
    listed: Callable[[Call, Resource, Sequence[Record]], Any] = listed_by_cursor
    list_query: tuple[str, ...] = CURSOR
    delete_query: tuple[str, ...] = ()
    kept: Callable[[Call, Record], None] = _nothing
    changed: Callable[[Call, Record], None] = _nothing

    @property
    def parameter(self) -> str:
        """The name of the path's last part."""
        return self.path.rpartition("/")[2][1:-1]

    def all(self, call: Call) -> list[Record]:
        """Return the records, those of the parent that the path names. Raises `ApiError` (404) for an unknown parent."""
        records = call.novu.records[self.name].values()
        if self.parent is None:
            return list(records)
        parent_id = self.parent.of(call)["_id"]
        return [record for record in records if record[self.parent_field] == parent_id]

    def find(self, call: Call, asked: str) -> Record | None:
        """Return the record of that key or `_id`, or None."""
        return next((one for one in self.all(call) if asked in (one[self.key], one["_id"])), None)

    def of(self, call: Call) -> Record:
        """Return the record that the path names. Raises `ApiError` (404)."""
        return self.known(call, call[self.parameter])

    def known(self, call: Call, asked: str) -> Record:
        """Return the record of that key or `_id`. Raises `ApiError` (404)."""
        record = self.find(call, asked)
        if record is None:
            raise ApiError(404, self.missing.format(asked))
        return record

    def make(self, call: Call, fields: Fields) -> Record:
        """Make and keep a record. Raises `ApiError` (409) where the key is taken."""
        key = fields.get(self.key)
        if self.taken and any(one[self.key] == key for one in self.all(call)):
            raise ApiError(409, self.taken.format(key))
        now = iso(call.novu.now)
        record = {
            "_id": call.novu.ids("record"),
            **call.state.scope,
            **self.defaults,
            **fields,
            "createdAt": now,
            "updatedAt": now,
        }
        if self.parent is not None:
            record[self.parent_field] = self.parent.of(call)["_id"]
        call.novu.records[self.name][record["_id"]] = record
        self.changed(call, record)
        return record

    def remove(self, call: Call, record: Record, children: Sequence[Resource] = ()) -> None:
        """Forget a record, and what belongs to it. Raises `ApiError` for one that has to stay."""
        self.kept(call, record)
        records = call.novu.records
        del records[self.name][record["_id"]]
        for child in children:
            kept = records[child.name]
            for one in [one for one in kept.values() if one[child.parent_field] == record["_id"]]:
                del kept[one["_id"]]
        self.changed(call, record)


def routes_of(*table: Resource) -> Routes:
    """Make the routes of the resources of a table."""
    routes = Routes()
    for resource in table:
        _add(routes, resource, [one for one in table if one.parent is resource])
    return routes


def _add(routes: Routes, resource: Resource, children: Sequence[Resource]) -> None:
    collection, (created, deleted) = resource.path.rpartition("/")[0], resource.statuses

    @routes("POST", collection, created, query=())
    def create(call: Call) -> Record:
        body = _named(resource.create, call)
        return resource.shown(call, resource.make(call, resource.prepared(call, body, None)))

    @routes("GET", collection, query=(*resource.list_query, *resource.filters))
    def all_of_them(call: Call) -> Any:
        wanted = [
            (record_field, value.lower())
            for name, record_field in resource.filters.items()
            if (value := call.request.first(name))
        ]
        matching = [
            record
            for record in resource.all(call)
            if all(value in _text_at(record, record_field).lower() for record_field, value in wanted)
        ]
        return resource.listed(call, resource, matching)

    @routes("GET", resource.path, query=())
    def retrieve(call: Call) -> Record:
        return resource.shown(call, resource.of(call))

    @routes(resource.update_method, resource.path, query=())
    def update(call: Call) -> Record:
        body = _named(resource.update, call)
        record = resource.of(call)
        record.update(resource.prepared(call, body, record), updatedAt=iso(call.novu.now))
        resource.changed(call, record)
        return resource.shown(call, record)

    @routes("DELETE", resource.path, deleted, query=resource.delete_query)
    def delete(call: Call) -> Any:
        resource.remove(call, resource.of(call), children)
        return ApiResponse(204) if deleted == 204 else {"acknowledged": True, "status": "deleted"}


def _text_at(record: Record, path: str) -> str:
    value: Any = record
    for key in path.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return "" if value is None else str(value)


def _named(body: Body, call: Call) -> Fields:
    """Check the body of a request; return what of it the resource keeps."""
    given = body.check(call.request.json)
    return {name: given[name] for name in body.fields if given.get(name) is not None}
