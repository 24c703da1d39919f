import { asRecord, asString } from "../../src/core/json.ts";
import type { HttpRequest, HttpResponse } from "../../src/http/transport/transport.ts";
import type { Api } from "../../src/platform/api/api.ts";
import { createApi } from "../../src/platform/api/api-client.ts";
import { parseRegion } from "../../src/platform/region/region-parser.ts";
import { runActions } from "../../src/sandbox/admin/actions.ts";
import type { Answer } from "../../src/sandbox/answer.ts";
import { answerApiRequest } from "../../src/sandbox/api.ts";
import type { Archive } from "../../src/sandbox/conversations/archive/archive.ts";
import { createCast } from "../../src/sandbox/scenarios/cast.ts";
import type { Definition, World } from "../../src/sandbox/world.ts";
import { FakeClock } from "./fake-clock.ts";

/** The rules of the sandbox without a server, so that one test can use hundreds of organizations. */
export interface InProcessSandbox {
  readonly world: World;
  readonly clock: FakeClock;
  /** Runs an admin action. */
  act(action: string, fields?: object): Readonly<Record<string, unknown>>;
  /** Sends a request with a token. */
  send(token: string, method: string, path: string, body?: unknown): Answer;
  /** Returns a new token of a client. */
  mint(client: string): string;
  /** Returns genscope's API access with a token. */
  api(token: string): Api;
}

/**
 * Conversations of the default organization by its seed. Nothing changes them, and generating them takes longer than
 * all other work of a test.
 */
const archives = new Map<number, Archive>();

/** Creates a new organization: the default one of the sandbox. */
export function inProcessSandbox(definition: Definition, seed = 1): InProcessSandbox {
  const clock = new FakeClock();
  const { world: own } = createCast({ seed }, clock, definition);
  const archive = archives.get(seed) ?? own.archive();
  archives.set(seed, archive);
  const world: World = { ...own, archive: () => archive };
  world.settings = { ...world.settings, requestsPerMinute: 1_000_000, jobPolls: 0 };
  const act = (action: string, fields: object = {}) => asRecord(runActions(world, { action, ...fields }));
  const send: InProcessSandbox["send"] = (token, method, path, body) => {
    const [plain = "", query = ""] = path.split("?");
    return answerApiRequest(
      world,
      {
        method,
        path: plain,
        query: new URLSearchParams(query),
        headers: { authorization: `Bearer ${token}`, host: "127.0.0.1" },
        body: body === undefined ? "" : JSON.stringify(body),
        address: "127.0.0.1",
      },
      "context",
    );
  };
  const mint = (client: string) => asString(act("token.mint", { client })["access_token"]) ?? "";
  const api = (token: string) =>
    createApi({
      region: parseRegion("http://127.0.0.1:1").region,
      transport: async ({ method, url, body }: HttpRequest): Promise<HttpResponse> => {
        const value = body?.kind === "json" ? body.value : undefined;
        return responseOf(send(token, method, `${url.pathname}${url.search}`, value));
      },
    });
  return { world, clock, act, send, mint, api };
}

function responseOf({ status, headers = {}, json, text, chunks }: Answer): HttpResponse {
  const whole = text?.value ?? (chunks === undefined ? JSON.stringify(json ?? {}) : [...chunks()].join(""));
  return {
    status,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    body: (async function* () {
      yield new TextEncoder().encode(whole);
    })(),
  };
}
