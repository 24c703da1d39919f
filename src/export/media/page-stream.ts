import type { JsonRecord } from "../../core/json.ts";
import type { ApiStream } from "../../platform/api/api.ts";

/** Returns a page that genscope composed as if it were an API response. */
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
