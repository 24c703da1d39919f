import type { TranscriptOperations } from "../../analytics/datasets/file-operations.ts";
import { asRecord, asString } from "../../core/json.ts";
import { Secret } from "../../core/secret.ts";
import { pathSegment } from "../../core/text.ts";
import type { ApiRequest } from "../../platform/api/api.ts";
import { requireJson } from "../../platform/api/api-client.ts";
import { ApiError } from "../../platform/api/api-error.ts";
import { runWorkerPool } from "../pool/worker-pool.ts";
import type { BatchPorts, MediaAddress, WantedMedia } from "./batch.ts";
import {
  codeOfRefusal,
  isGeneralRefusal,
  type MediaOutcome,
  NO_TRANSCRIPT,
  without,
  withoutAddresses,
} from "./outcome.ts";

export interface TranscriptPorts extends BatchPorts {
  /** Whether a refusal ends the export. */
  readonly failsOnForbidden: boolean;
  /** Called for each refusal that affects only one communication. */
  readonly onRefusal: (error: ApiError) => void;
}

const REQUESTS_IN_PARALLEL = 4;
/** Status codes that mean that the platform has no transcript, or no longer has it. */
const ABSENT: ReadonlySet<number> = new Set([404, 410]);

/**
 * Requests the address of each communication's transcript.
 * @returns for each communication its address, or the reason why it has none
 * @throws ApiError for a refusal that every later request would get, and for a fault of the service
 */
export async function requestTranscriptAddresses(
  ports: TranscriptPorts,
  { addressPath }: TranscriptOperations,
  wanted: readonly WantedMedia[],
): Promise<ReadonlyMap<string, MediaAddress | MediaOutcome>> {
  const found = new Map<string, MediaAddress | MediaOutcome>();
  const stopped = new AbortController();
  const signal = AbortSignal.any([ports.signal, stopped.signal]);
  await runWorkerPool(
    wanted,
    REQUESTS_IN_PARALLEL,
    async ({ id, conversationId }) => {
      const path = addressPath
        .replace("{conversationId}", pathSegment(conversationId))
        .replace("{communicationId}", pathSegment(id));
      found.set(id, await requestAddress({ ...ports, signal }, { method: "GET", path, signal }));
    },
    (reason) => stopped.abort(reason),
  );
  return found;
}

async function requestAddress(
  { api, failsOnForbidden, onRefusal }: TranscriptPorts,
  request: ApiRequest,
): Promise<MediaAddress | MediaOutcome> {
  const answer = await api.send(request);
  if (ABSENT.has(answer.status)) return NO_TRANSCRIPT;
  try {
    const { url } = asRecord(requireJson(request, answer, api.region));
    const address = asString(url);
    if (address === null) return without("no_result", "the platform returned no URL");
    return { url: new Secret(address), contentType: null };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    // A 4xx that is not about authorization affects only this communication. The platform does not document when it
    // sends one.
    if (error.exit === "error") {
      return { code: error.apiCode ?? String(error.status), reason: withoutAddresses(error.message) };
    }
    if (error.exit !== "denied" || failsOnForbidden || isGeneralRefusal(error)) throw error;
    onRefusal(error);
    return { code: codeOfRefusal(error), reason: error.message };
  }
}
