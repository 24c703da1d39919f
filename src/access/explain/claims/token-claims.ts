import { classifyHost } from "../../../platform/region/host.ts";
import type { Claim, Finding } from "../finding.ts";

/** The API host that receives your token, and the domains to compare it with. */
export interface TokenAddress {
  /** Host of the API, with its port if any. */
  readonly host: string;
  /** Domains of all regions. */
  readonly domains: readonly string[];
}

/** Whether a refusal may be caused by the token even if it names no operation: a 401 or 403. */
export function concernsToken({ status }: Pick<Finding, "status">): boolean {
  return status === 401 || status === 403;
}

/** States whether the service that refused a token accepts your token. Empty for any other refusal. */
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
 * States whether the refused call went to the region of your token. The verdict is unknown if your token belongs
 * to a gateway or sandbox. Empty when both regions are the same or the paste names no platform host.
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
      truth: `the call went to \`${request.host}\`, your token belongs to \`${host}\`${isGateway ? "; unless that host is a gateway to the same region, genscope" : ": genscope"} compared the call with another organization, and neither region accepts the other's tokens`,
      source: "your token",
    },
  ];
}
