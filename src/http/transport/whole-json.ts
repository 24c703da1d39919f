import { NetworkError } from "../../core/errors.ts";
import { measureJson } from "../../core/json-limits.ts";
import { DEFAULT_MAX_BYTES } from "./body.ts";
import type { WholeBody } from "./transport.ts";

/**
 * Reads a whole JSON body. Incomplete JSON counts as truncated. JSON beyond the limits is refused before it is
 * parsed.
 * @throws NetworkError `network.too_large`
 */
export function wholeJson(maxBytes = DEFAULT_MAX_BYTES): WholeBody {
  return {
    maxBytes,
    isBroken: (method, { status, headers }, bytes) => {
      if (method === "HEAD" || status === 204) return false;
      const { isClosed, excess } = measureJson(bytes);
      if (excess !== null) {
        throw new NetworkError("network.too_large", `the response has ${excess}`, {
          hint: "request less data, for example a smaller page or a shorter interval",
        });
      }
      const isJson = headers["content-type"]?.toLowerCase().includes("json") === true;
      return isJson && status >= 200 && status < 300 && !isClosed;
    },
  };
}
