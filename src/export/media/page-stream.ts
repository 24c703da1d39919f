import type { JsonRecord } from "../../core/json.ts";
import type { ApiStream } from "../../platform/api/api.ts";

/** Returns a page that genscope itself has put together as the answer to a request. */
export function pageStream(
  page: JsonRecord,
  { status, correlationId }: Pick<ApiStream, "status" | "correlationId">,
): ApiStream {
  const bytes = Buffer.from(JSON.stringify(page));
  return {
    status,
    headers: {},
    correlationId,
    body: (async function* () {
      yield bytes;
    })(),
  };
}
