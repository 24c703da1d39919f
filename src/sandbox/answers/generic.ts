import { type Answer, NO_CONTENT, ok } from "../answer.ts";
import { type Exchange, type Handler, refuse } from "../exchange.ts";
import { MALFORMED_BODY } from "../refusal.ts";
import { divisionBody } from "./divisions.ts";
import { page } from "./paging.ts";

/**
 * Answers an authorized request for an operation without a handler, in the form that its path and method
 * suggest.
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
      return last.startsWith("{") ? ok(entity(exchange)) : ok(page(exchange, [], () => null));
    default:
      return written(exchange, last);
  }
};

/**
 * Answers POST, PUT and PATCH: accepts a job, returns an empty query result, or echoes the body with an id.
 */
function written(exchange: Exchange, last: string): Answer {
  const body = parseObject(exchange.request.body);
  if (body === null) return refuse(exchange, MALFORMED_BODY);
  if (last === "jobs") return { status: 202, json: { jobId: exchange.world.sequence.uuid() } };
  if (/query|search$/.test(last)) return ok({ results: [], total: 0 });
  return ok({ ...entity(exchange), ...body });
}

function entity(exchange: Exchange): Readonly<Record<string, unknown>> {
  const id = exchange.match.parameters.at(-1) ?? exchange.world.sequence.uuid();
  const { organization } = exchange.caller;
  const object = organization.objects.get(id);
  return {
    id,
    name: object?.name ?? "",
    ...(object === undefined ? {} : { division: divisionBody(organization, object.divisionId) }),
    selfUri: exchange.request.path,
  };
}

/** Fields of a JSON body; empty for an empty body or an array, null when it is not JSON. */
function parseObject(body: string): object | null {
  if (body.trim() === "") return {};
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
  } catch {
    return null;
  }
}
