import { asRecord, type JsonRecord } from "../../../src/core/json.ts";
import type { Api } from "../../../src/platform/api/api.ts";
import { createApi } from "../../../src/platform/api/api-client.ts";
import { parseRegion } from "../../../src/platform/region/region-parser.ts";
import { respond } from "../../support/scripted-transport.ts";

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: JsonRecord;
}

/**
 * Returns an API whose responses come from `answer`. It returns a body, which is sent with status 200, or a pair of
 * status and body.
 */
export function scriptedApi(answer: (request: SeenRequest) => unknown): {
  readonly api: Api;
  /** `METHOD /path?query` of each request, followed by the body of a POST. */
  readonly sent: string[];
} {
  const sent: string[] = [];
  const api = createApi({
    region: parseRegion("eu-central-1").region,
    transport: async ({ method, url, body }) => {
      const value = body?.kind === "json" ? asRecord(body.value) : {};
      sent.push(
        `${method} ${url.pathname}${url.search}${method === "POST" ? ` ${JSON.stringify(value)}` : ""}`,
      );
      const reply = answer({ method, path: url.pathname, query: url.searchParams, body: value });
      const [status, content] =
        Array.isArray(reply) && reply.length === 2 && typeof reply[0] === "number" ? reply : [200, reply];
      return respond({ status, body: content === null ? "" : JSON.stringify(content) });
    },
  });
  return { api, sent };
}
