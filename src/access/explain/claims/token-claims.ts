import { classifyHost } from "../../../platform/region/host.ts";
import type { Claim, Finding } from "../finding.ts";

/** The host that the reader's token is sent to. */
export interface TokenAddress {
  /** Host of the API, with its port if any. */
  readonly host: string;
  /** Domains of all regions. */
  readonly domains: readonly string[];
}

/**
 * Whether a refusal is about a token that can be compared with the reader's even if no operation is named.
 */
export function concernsToken({ status }: Pick<Finding, "status">): boolean {
  return status === 401 || status === 403;
}

/**
 * Determines whether the service that refused a token also refuses the reader's token. Empty for any other
 * refusal.
 */
export function judgeToken({ layer }: Finding, isAccepted: boolean): readonly Claim[] {
  if (layer !== "token") return [];
  return [
    {
      text: "your token is not accepted either",
      verdict: isAccepted ? "false" : "true",
      truth: isAccepted ? "the service accepts it: the refused call sent another token, or none" : null,
      source: "your token",
    },
  ];
}

/**
 * Compares the region of a refused call with that of the reader's token. The region behind a gateway or
 * sandbox is unknown. Empty when both regions are the same or the paste names no host of the platform.
 */
export function judgeRegion({ request }: Finding, { host, domains }: TokenAddress): readonly Claim[] {
  if (request?.host == null || request.host.toLowerCase() === host.toLowerCase()) return [];
  const called = classifyHost(request.host, domains);
  if (called.kind === "other" || called.domain === null) return [];
  const own = classifyHost(host, domains);
  if (own.kind !== "other" && own.domain === called.domain) return [];
  const isGateway = own.kind === "other";
  return [
    {
      text: "the refused call and your token belong to the same region",
      verdict: isGateway ? "unknown" : "false",
      truth: `the call went to \`${request.host}\`, your token belongs to \`${host}\`${isGateway ? "; unless that is a gateway to the same region, the" : ": the"} comparison is with another organization, and neither region accepts the other's tokens`,
      source: "your token",
    },
  ];
}
