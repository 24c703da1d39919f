import { parseJson } from "../../../core/json.ts";
import { readBody } from "../../../http/transport/body.ts";
import { readCorrelationId } from "../../../http/transport/correlation.ts";
import type { Transport } from "../../../http/transport/transport.ts";
import { describeForeignAnswer } from "../../../platform/api/foreign-answer.ts";
import { type CheckResult, type Facts, failed, failedBy, passed, warned } from "../check.ts";
import type { DoctorPorts } from "../ports.ts";
import type { HostRole } from "./endpoint.ts";

/**
 * The time in a server's `Date` header, and the local times of request and response, in milliseconds since the Unix
 * epoch.
 */
export interface ServerTime {
  readonly host: string;
  readonly saidMs: number;
  readonly sentMs: number;
  readonly receivedMs: number;
}

export interface ProbeAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly elapsedMs: number;
}

/**
 * Requests that are harmless without a token: the API refuses with 401, and the token endpoint accepts only
 * POST.
 */
const PATHS: Readonly<Record<HostRole, string>> = { login: "/oauth/token", API: "/api/v2/users/me" };

/** Maximum size of a response. No refusal is larger, and only the beginning of a proxy's page is useful. */
const MAX_BYTES = 256 * 1024;

/** Sends one request without a token to a host, and reports the response and the time in milliseconds. */
export async function askHost(
  role: HostRole,
  baseUrl: string,
  transport: Transport,
  { clock, timeoutMs, signal }: Pick<DoctorPorts, "clock" | "timeoutMs" | "signal">,
): Promise<{ readonly finding: CheckResult; readonly time: ServerTime | null }> {
  const url = new URL(`${baseUrl}${PATHS[role]}`);
  const sentMs = clock.now();
  try {
    const response = await transport({ method: "GET", url, timeoutMs, signal });
    const receivedMs = clock.now();
    const text = Buffer.from(await readBody(response, MAX_BYTES)).toString("utf8");
    const saidMs = Date.parse(response.headers["date"] ?? "");
    return {
      finding: judgeAnswer(role, baseUrl, { ...response, text, elapsedMs: receivedMs - sentMs }),
      time: Number.isNaN(saidMs) ? null : { host: url.host, saidMs, sentMs, receivedMs },
    };
  } catch (error) {
    return { finding: failedBy(error, { role, status: null, elapsedMs: clock.now() - sentMs }), time: null };
  }
}

/**
 * Assesses a response. Any response from the host itself means that it is reachable; a failing service and a
 * response from a proxy are reported as problems.
 */
export function judgeAnswer(role: HostRole, baseUrl: string, answer: ProbeAnswer): CheckResult {
  const { status, headers, text, elapsedMs } = answer;
  const { host } = new URL(baseUrl);
  const facts: Facts = { role, status, elapsedMs, correlationId: readCorrelationId(headers) };
  const summary = `${role} \`${host}\` returned ${status} in ${elapsedMs} ms`;
  const body = parseJson(text);
  if (status >= 500) {
    return failed(
      "limited",
      summary,
      "retry in a minute: the service, or a gateway in front of it, is failing",
      facts,
    );
  }
  if (role === "API" && (body === undefined || (status >= 300 && status < 400))) {
    const { what, hint } = describeForeignAnswer({ status, headers, text, body }, baseUrl);
    return warned(`${summary}, with ${what}`, hint, facts);
  }
  return passed(`${summary}${role === "API" && status === 401 ? " (no token was sent)" : ""}`, facts);
}
