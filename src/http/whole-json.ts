import { NetworkError } from "../core/errors.ts";
import { measureJson } from "../core/json-limits.ts";
import { DEFAULT_MAX_BYTES } from "./body.ts";
import type { WholeBody } from "./transport.ts";

/**
 * Reads a body whole: JSON without an end counts as broken off, and JSON beyond the limits is refused before anything
 * parses it.
 * @throws NetworkError `network.too_large`
 */
export function wholeJson(maxBytes = DEFAULT_MAX_BYTES): WholeBody {
  return {
    maxBytes,
    isBroken: (method, { status, headers }, bytes) => {
      if (method === "HEAD" || status === 204) return false;
      const { isClosed, excess } = measureJson(bytes);
      if (excess !== null) {
        throw new NetworkError("network.too_large", `the answer has ${excess}`, {
          hint: "nothing of this answer was used; ask for less, for example a smaller page or a shorter interval",
        });
      }
      const isJson = headers["content-type"]?.toLowerCase().includes("json") === true;
      return isJson && status >= 200 && status < 300 && !isClosed;
    },
  };
}
