"""Translations of workflows and layouts, a JSON object for each locale: kept, given back, imported and exported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from novu_framework_testing.api.http import ApiError, ApiResponse, read_json
from novu_framework_testing.api.routes.records import LAYOUTS
from novu_framework_testing.api.routing import Call, Routes
from novu_framework_testing.api.validation import Body, Field, an_object, matching, one_of, string
from novu_framework_testing.simulation.clock import iso
from novu_framework_testing.simulation.records import Record

TYPES = ("workflow", "layout")
_locale = matching(r"[A-Za-z]{2,3}(?:[_-][A-Za-z0-9]{2,8})*", "must be a locale, such as en_US")
_LOCALE = Field(_locale, required=True)
CREATE = Body(
    resourceId=Field(string, required=True, not_empty=True),
    resourceType=Field(one_of(*TYPES), required=True),
    locale=_LOCALE,
    content=Field(an_object, required=True),
)
IMPORT = Body(
    locale=_LOCALE,
    masterJson=Field(an_object, required=True, nested=Body(workflows=an_object, layouts=an_object)),
)

routes: Final = Routes()


@routes("POST", "/v2/translations", query=())
def create(call: Call) -> Record:
    """Keep a translation, in place of the one of that locale if there is one."""
    body = CREATE.check(call.request.json)
    _known(call, body["resourceType"], body["resourceId"])
    return _shown(_keep(call, body["resourceType"], body["resourceId"], body["locale"], body["content"]))


@routes("POST", "/v2/translations/upload", query=())
def upload(call: Call) -> dict[str, Any]:
    """Keep the translations of the files of a form, each named after its locale: `en_US.json`."""
    form = call.request.form
    kind, resource_id = (_text(form, name) for name in ("resourceType", "resourceId"))
    if kind not in TYPES or not resource_id:
        raise ApiError.invalid(
            ["resourceId should not be empty", f"resourceType must be one of {', '.join(TYPES)}"]
        )
    _known(call, kind, resource_id)
    files = [part for part in form if part.filename is not None]
    if not files:
        raise ApiError(400, "No files provided")
    errors = []
    for part in files:
        locale = str(part.filename).rpartition("/")[2].removesuffix(".json")
        try:
            content = _read(part.content)
        except ValueError as error:
            errors.append(f"{part.filename}: {error}")
            continue
        if problem := _locale(locale):
            errors.append(f"{part.filename}: the file name {problem}")
            continue
        _keep(call, kind, resource_id, locale, content)
    done = len(files) - len(errors)
    return {
        "totalFiles": len(files),
        "successfulUploads": done,
        "failedUploads": len(errors),
        "errors": errors,
    }


@routes("GET", "/v2/translations/master-json", query=("locale",))
def master(call: Call) -> dict[str, Any]:
    """Show the translations of a locale, en_US if the query names none, by type and resource."""
    locale = call.request.first("locale") or "en_US"
    return {
        f"{kind}s": {one["resourceId"]: one["content"] for one in _of(call, kind) if one["locale"] == locale}
        for kind in TYPES
    }


@routes("POST", "/v2/translations/master-json", query=())
def import_master(call: Call) -> dict[str, Any]:
    """Keep the translations of a locale, by type and resource; what is not known here is told."""
    body = IMPORT.check(call.request.json)
    return _import(call, body["locale"], body["masterJson"])


@routes("POST", "/v2/translations/master-json/upload", query=())
def upload_master(call: Call) -> dict[str, Any]:
    """Keep the translations of a file that is named after its locale."""
    part = next((part for part in call.request.form if part.filename is not None), None)
    if part is None:
        raise ApiError(400, "File is required")
    locale = str(part.filename).rpartition("/")[2].removesuffix(".json")
    if problem := _locale(locale):
        raise ApiError(400, f"The file name {problem}")
    try:
        content = _read(part.content)
    except ValueError as error:
        raise ApiError(400, f"{part.filename}: {error}") from None
    return _import(
        call, locale, content.get("data", content)
    )  # `novu translations pull` keeps the whole answer


@routes("GET", "/v2/translations/group/{resourceType}/{resourceId}", query=())
def group(call: Call) -> dict[str, Any]:
    """Show the locales that a resource is translated to."""
    translations = _group(call)
    kind, resource_id = call["resourceType"], call["resourceId"]
    return {
        "resourceId": resource_id,
        "resourceType": kind,
        "resourceName": _known(call, kind, resource_id),
        "locales": [one["locale"] for one in translations],
        "createdAt": min(one["createdAt"] for one in translations),
        "updatedAt": max(one["updatedAt"] for one in translations),
        "outdatedLocales": [],
    }


@routes("DELETE", "/v2/translations/{resourceType}/{resourceId}", query=())
def delete_group(call: Call) -> ApiResponse:
    """Forget the translations of a resource."""
    for one in _group(call):
        del call.novu.records["translations"][one["_id"]]
    return ApiResponse(204)


@routes("GET", "/v2/translations/{resourceType}/{resourceId}/{locale}", query=())
def retrieve(call: Call) -> Record:
    """Show a translation."""
    return _shown(_single(call))


@routes("DELETE", "/v2/translations/{resourceType}/{resourceId}/{locale}", query=())
def delete(call: Call) -> ApiResponse:
    """Forget a translation."""
    del call.novu.records["translations"][_single(call)["_id"]]
    return ApiResponse(204)


def _known(call: Call, kind: str, resource_id: str) -> str:
    """Return the name of a workflow or a layout. Raises `ApiError` (404)."""
    if kind == "layout":
        return str(LAYOUTS.known(call, resource_id)["name"])
    workflow = call.novu.workflows.get(resource_id)
    if workflow is None:
        raise ApiError(404, f"Workflow cannot be found: {resource_id}")
    return workflow.name


def _of(call: Call, kind: str) -> Iterator[Record]:
    return (one for one in call.novu.records["translations"].values() if one["resourceType"] == kind)


def _group(call: Call) -> list[Record]:
    kind, resource_id = call["resourceType"], call["resourceId"]
    translations = [one for one in _of(call, kind) if one["resourceId"] == resource_id]
    if not translations:
        raise ApiError(404, f"No translations found for {kind} {resource_id}")
    return translations


def _single(call: Call) -> Record:
    kind, resource_id, locale = call["resourceType"], call["resourceId"], call["locale"]
    for one in _of(call, kind):
        if (one["resourceId"], one["locale"]) == (resource_id, locale):
            return one
    raise ApiError(404, f"Translation not found for {kind} {resource_id} and locale {locale}")


def _keep(call: Call, kind: str, resource_id: str, locale: str, content: Mapping[str, Any]) -> Record:
    now, names = iso(call.novu.now), {"resourceId": resource_id, "resourceType": kind, "locale": locale}
    for one in _of(call, kind):
        if names.items() <= one.items():
            one.update(content=content, updatedAt=now)
            return one
    record: Record = {"_id": call.novu.ids("record"), **names, "content": content}
    record |= {"createdAt": now, "updatedAt": now}
    call.novu.records["translations"][record["_id"]] = record
    return record


def _import(call: Call, locale: str, given: Mapping[str, Any]) -> dict[str, Any]:
    done, failed = list[str](), list[str]()
    for kind in TYPES:
        for resource_id, content in (given.get(f"{kind}s") or {}).items():
            try:
                _known(call, kind, resource_id)
            except ApiError:
                failed.append(resource_id)
                continue
            if not isinstance(content, dict):
                failed.append(resource_id)
                continue
            _keep(call, kind, resource_id, locale, content)
            done.append(resource_id)
    message = f"{len(done)} of {len(done) + len(failed)} resources imported for {locale}"
    return {"success": not failed, "message": message, "successful": done, "failed": failed}


def _read(content: bytes) -> dict[str, Any]:
    """Return the translations of a file. Raises `ValueError` for anything but a JSON object."""
    value = read_json(content)
    if not isinstance(value, dict):
        raise ValueError("a translation is a JSON object")
    return value


def _text(form: Any, name: str) -> str:
    return next((part.content.decode("utf-8", "replace") for part in form if part.name == name), "")


def _shown(record: Record) -> Record:
    return {name: value for name, value in record.items() if name != "_id"}
