import { asString, type JsonRecord } from "../../../../core/json.ts";
import { isApiPath } from "../failure.ts";

/**
 * Whether a body is the default error of Spring Boot for a path outside the API:
 * `{"timestamp": ..., "status": 403, "error": "Forbidden", "path": "/reports"}`. The user's own server sent it.
 */
export function isServletError(record: JsonRecord): boolean {
  const path = asString(record["path"]);
  return (
    path?.startsWith("/") === true &&
    !isApiPath(path) &&
    record["timestamp"] !== undefined &&
    typeof record["status"] === "number" &&
    typeof record["error"] === "string" &&
    record["contextId"] === undefined &&
    record["code"] === undefined
  );
}
