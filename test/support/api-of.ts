import type { HttpRequest } from "../../src/http/transport/transport.ts";
import type { Api } from "../../src/platform/api/api.ts";
import { createApi } from "../../src/platform/api/api-client.ts";
import { parseRegion } from "../../src/platform/region/region-parser.ts";
import { playSteps, type Step } from "./scripted-transport.ts";

/** Returns the API of the Frankfurt region over a transport that plays these steps. */
export function apiOfSteps(...steps: readonly Step[]): { readonly api: Api; readonly sent: HttpRequest[] } {
  const { transport, sent } = playSteps(steps);
  return { api: createApi({ region: parseRegion("eu-central-1").region, transport }), sent };
}
