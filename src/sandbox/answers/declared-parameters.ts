import type { Answer } from "../answer.ts";
import { badRequest, type Exchange } from "../exchange.ts";

/**
 * Refuses a request without a required query parameter, and a query parameter that the definition does not declare.
 * Returns null for a valid request, and for an operation whose parameters are unknown. It is not published whether the
 * platform refuses or ignores an undeclared parameter. A refusal makes the mistake visible.
 */
export function checkParameters(
  exchange: Pick<Exchange, "world" | "match" | "request" | "contextId">,
): Answer | null {
  const { query } = exchange.request;
  const declared = exchange.world.definition.parametersOf(exchange.match.operation);
  if (declared === null) return null;
  const unknown = [...query.keys()].find((name) => !declared.all.has(name));
  if (unknown !== undefined) return badRequest(exchange, `Unrecognized parameter "${unknown}"`);
  const missing = declared.required.find((name) => (query.get(name) ?? "") === "");
  return missing === undefined ? null : badRequest(exchange, `${missing} is required`);
}
