import { type Answer, NO_CONTENT, ok } from "../../answer.ts";
import { type Exchange, type Handler, refuse } from "../../exchange.ts";
import { MALFORMED_BODY, NOT_FOUND } from "../../refusal.ts";
import { divisionBody } from "../divisions.ts";
import { page } from "../paging.ts";
import { findObject, type KnownObject } from "./known-objects.ts";

/**
 * Answers an authorized request for an operation without a handler of its own. The form of the response is inferred
 * from the path and the method.
 */
export const genericAnswer: Handler = (exchange) => {
  const { operation } = exchange.match;
  const segments = operation.path.split("/");
  const last = segments.at(-1) ?? "";
  switch (operation.method) {
    case "HEAD":
      return { status: 200 };
    case "DELETE":
      return NO_CONTENT;
    case "GET":
      return last.startsWith("{") ? single(exchange, last) : ok(page(exchange, [], () => null));
    default:
      return written(exchange, last);
  }
};

/** Answers a request for one object. Returns 404 for an unknown id, but accepts any name or code. */
function single(exchange: Exchange, parameter: string): Answer {
  const object = findObject(exchange, exchange.match.parameters.at(-1) ?? "");
  return object === null && parameter.endsWith("Id}")
    ? refuse(exchange, NOT_FOUND)
    : ok(entity(exchange, object));
}

/**
 * Answers POST, PUT and PATCH: accepts a job, returns an empty query result, or echoes the body with an id.
 */
function written(exchange: Exchange, last: string): Answer {
  const body = parseObject(exchange.request.body);
  if (body === null) return refuse(exchange, MALFORMED_BODY);
  if (last === "jobs") return { status: 202, json: { jobId: issueId(exchange) } };
  if (/query|search$/.test(last)) return ok({ results: [], total: 0 });
  const id = exchange.match.parameters.at(-1);
  return ok({ ...entity(exchange, id === undefined ? null : findObject(exchange, id)), ...body });
}

function entity(exchange: Exchange, object: KnownObject | null): Readonly<Record<string, unknown>> {
  const { divisionId = null, name = "" } = object ?? {};
  return {
    id: exchange.match.parameters.at(-1) ?? issueId(exchange),
    name,
    ...(divisionId === null ? {} : { division: divisionBody(exchange.caller.organization, divisionId) }),
    selfUri: exchange.request.path,
  };
}

function issueId({ world }: Exchange): string {
  const id = world.sequence.uuid();
  world.issuedIds.add(id);
  return id;
}

/**
 * Returns the fields of a JSON body: no fields for an empty body or for a value that is not an object, null for text
 * that is not JSON.
 */
function parseObject(body: string): object | null {
  if (body.trim() === "") return {};
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
  } catch {
    return null;
  }
}
