import { expect } from "vitest";
import { act } from "../sandbox/client.ts";
import type { ExportSandbox } from "./export-sandbox.ts";

const JOBS = "/api/v2/analytics/conversations/details/jobs";
const TIMEOUT_MS = 240_000;

/** Number of requests that still succeed: the probes of the page size, and the first page of each day. */
const ANSWERED = 20;

/** Makes the service refuse later pages of results, so that an export waits in the middle. */
export async function holdUp({ sandbox }: ExportSandbox): Promise<void> {
  const where = { path: JOBS, pathEnd: "/results", method: "GET" };
  await act(sandbox, "fault.add", { kind: "status", status: 503, after: ANSWERED, times: 1_000, ...where });
}

/** Resolves when the service has refused a request of the export. */
export async function isHeldUp({ sandbox }: ExportSandbox): Promise<void> {
  const refused = async () => {
    const response = await fetch(`${sandbox.url}/sandbox/requests`);
    const { requests } = (await response.json()) as { readonly requests: readonly { status: number }[] };
    return requests.some(({ status }) => status === 503);
  };
  await expect.poll(refused, { timeout: TIMEOUT_MS, interval: 20 }).toBe(true);
}
