import { parseJson } from "../../../core/json.ts";
import { readBody } from "../../../http/body.ts";
import { readCorrelationId } from "../../../http/correlation.ts";
import type { Transport } from "../../../http/transport.ts";
import { describeForeignAnswer } from "../../../platform/foreign-answer.ts";
import { type Facts, type Finding, failed, failedBy, passed, warned } from "../check.ts";
import type { DoctorPorts } from "../ports.ts";
import type { Role } from "./endpoint.ts";

/** What a server's `Date` header said, and when it was asked and answered by our clock; all in epoch milliseconds. */
export interface ServerTime {
  readonly host: string;
  readonly saidMs: number;
  readonly sentMs: number;
  readonly receivedMs: number;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly elapsedMs: number;
}

/** Harmless to ask without a token: the API refuses with 401, the token endpoint takes only POST. */
const PATHS: Readonly<Record<Role, string>> = { login: "/oauth/token", API: "/api/v2/users/me" };

/** Larger than any refusal, and than what is worth reading of a page that something in between put there. */
const MAX_BYTES = 256 * 1024;

/** Asks one host without a token, once, and says what came after how many milliseconds. */
export async function askHost(
  role: Role,
  baseUrl: string,
  transport: Transport,
  { clock, timeoutMs, signal }: Pick<DoctorPorts, "clock" | "timeoutMs" | "signal">,
): Promise<{ readonly finding: Finding; readonly time: ServerTime | null }> {
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

/** Any answer of the host itself means that it is reachable; a failing service and somebody else's answer are told. */
export function judgeAnswer(role: Role, baseUrl: string, answer: Answer): Finding {
  const { status, headers, text, elapsedMs } = answer;
  const { host } = new URL(baseUrl);
  const facts: Facts = { role, status, elapsedMs, correlationId: readCorrelationId(headers) };
  const summary = `${role} \`${host}\` answers ${status} in ${elapsedMs} ms`;
  const body = parseJson(text);
  if (status >= 500) {
    return failed(
      "limited",
      summary,
      "the service or a gateway before it fails: try again in a minute",
      facts,
    );
  }
  if (role === "API" && (body === undefined || (status >= 300 && status < 400))) {
    const { what, hint } = describeForeignAnswer({ status, headers, text, body }, baseUrl);
    return warned(`${summary}, with ${what}`, hint, facts);
  }
  return passed(`${summary}${role === "API" && status === 401 ? " (no token was sent)" : ""}`, facts);
}
