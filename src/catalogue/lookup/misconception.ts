import type { Catalogue } from "../facts/catalogue.ts";
import type { Operation } from "../facts/operation.ts";
import { API_ROOT } from "../facts/operation-line.ts";
import { isReadOnly } from "../facts/read-only.ts";

/**
 * Returns the correction of a path that is known to be invented, with the operations to call instead; null for any
 * other path. A request that changes something gets the operations that make the change at those paths, if any exist.
 */
export function correctMisconception(
  catalogue: Catalogue,
  path: string,
  method: string | null = null,
): { readonly correction: string; readonly instead: readonly Operation[] } | null {
  const bare = path.replace(/^\/api\/v2(?=\/)/i, "").toLowerCase();
  const known = catalogue.inventedPaths().find(({ pattern }) => pattern.test(bare));
  if (known === undefined) return null;
  const instead = known.instead.flatMap((name) => {
    const [method = "", rest = ""] = name.split(" ");
    const operation = catalogue.find(method, `${API_ROOT}${rest}`);
    return operation === null ? [] : [operation];
  });
  const changes = instead.flatMap((operation) => changeAt(catalogue, operation.path, path, method) ?? []);
  return {
    correction: `no published definition has this path; ${known.correction}`,
    instead: (changes.length > 0 ? changes : instead).filter((operation) => doesSame(operation, path)),
  };
}

/** Matches the end of a path that only reads, whatever its method. */
const READS = /\/(?:search|query|queries|bulk)\/?$/i;

/**
 * Returns the operation at a path that makes the same change as a request to an invented path; null if none exists or
 * the request only reads.
 */
function changeAt(
  catalogue: Catalogue,
  path: string,
  invented: string,
  method: string | null,
): Operation | null {
  if (method === "POST") {
    // Objects are created at the path of their listing.
    const created = READS.test(invented) ? null : catalogue.find("POST", path.replace(/\/\{\w+\}$/, ""));
    return created === null || isReadOnly(created) ? null : created;
  }
  if (method === null || !/^(?:PUT|PATCH|DELETE)$/.test(method)) return null;
  const methods = method === "DELETE" ? ["DELETE"] : method === "PUT" ? ["PUT", "PATCH"] : ["PATCH", "PUT"];
  return methods.map((each) => catalogue.find(each, path)).find((operation) => operation !== null) ?? null;
}

/** Matches a path whose last word is an action. */
const ACTION =
  /\/(publish|assign|cancel|start|stop|send|submit|copy|move|enable|disable|close|transfer|disconnect|reset|execute|approve|reject)\/?$/i;

/**
 * Returns whether an operation can do what the last word of an invented path says. A path without an action fits all.
 */
function doesSame(operation: Operation, invented: string): boolean {
  const [, action] = ACTION.exec(invented) ?? [];
  return action === undefined || operation.path.toLowerCase().includes(action.toLowerCase());
}
