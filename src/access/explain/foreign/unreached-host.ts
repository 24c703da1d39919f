import { isForeignHost } from "../claims/foreign-claims.ts";
import { SOURCES } from "../claims/source.ts";
import { type Finding, NOTHING_REFUSED } from "../finding.ts";
import { type Failure, isApiPath } from "../paste/failure.ts";
import { findNetworkSign } from "../paste/network/network-signs.ts";

/** Kinds of connection failures whose usual advice names platform hosts. */
const BY_HOST: ReadonlySet<string> = new Set(["dns", "refused", "timeout", "reset"]);

/**
 * Explains a failed connection to a host outside the platform, such as a package registry or a service that a
 * data action calls. Null for an API call, even through a gateway, and for a proxy, because the call behind it
 * goes to the platform.
 */
export function explainUnreachedHost(
  { form, message, request }: Failure,
  requestLine: Finding["request"],
  domains: readonly string[],
): Finding | null {
  const host = request?.host ?? null;
  if (form !== "network" || message === null || host === null || !isForeignHost(host, domains)) return null;
  const sign = findNetworkSign(message);
  if (sign === null || !BY_HOST.has(sign.kind) || isApiPath(request?.path ?? null)) return null;
  if (/\bprox(?:y|ies)\b/i.test(`${host} ${message}`)) return null;
  return {
    ...NOTHING_REFUSED,
    layer: "network",
    summary: `the connection to \`${host}\`, which is not a host of the platform, failed: ${sign.meaning}`,
    message,
    request: requestLine,
    claims: [
      {
        text: "the platform refused the call",
        verdict: "false",
        truth: `the call went to \`${host}\``,
        source: SOURCES.paste,
      },
    ],
    remedies: [
      {
        kind: sign.remedyKind === "wait" ? "wait" : "none",
        summary: `check name resolution, proxy and firewall for \`${host}\` where the program runs, then retry`,
      },
    ],
  };
}
