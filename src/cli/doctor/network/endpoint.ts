import type { Region } from "../../../platform/region/region.ts";
import { CHECK_STATUSES, type CheckResult, type Facts, passed } from "../check.ts";

export type HostRole = "login" | "API";

/** A host of the region and its roles. */
export interface Endpoint {
  /** Base URL without a trailing slash. */
  readonly baseUrl: string;
  readonly url: URL;
  /** The roles of the host. A gateway or sandbox that serves login and API has both. */
  readonly roles: readonly HostRole[];
}

/** Returns the hosts of a region without duplicates. */
export function endpointsOf({ loginUrl, apiUrl }: Region): readonly Endpoint[] {
  const url = (text: string) => new URL(text);
  return loginUrl === apiUrl
    ? [{ baseUrl: apiUrl, url: url(apiUrl), roles: ["login", "API"] }]
    : [
        { baseUrl: loginUrl, url: url(loginUrl), roles: ["login"] },
        { baseUrl: apiUrl, url: url(apiUrl), roles: ["API"] },
      ];
}

/** The finding of one check at one host. */
export interface HostFinding {
  readonly host: string;
  readonly finding: CheckResult;
}

/** Combines the findings of several hosts into one, with the status and the hint of the most serious finding. */
export function combineFindings(found: readonly HostFinding[]): CheckResult {
  const seriousness = ({ finding }: HostFinding) => CHECK_STATUSES.indexOf(finding.status);
  const [worst] = found.toSorted((a, b) => seriousness(b) - seriousness(a));
  const { status, hint, exit } = worst?.finding ?? passed("");
  return {
    status,
    hint,
    exit,
    summary: [...new Set(found.map(({ finding }) => finding.summary))].join("; "),
    facts: {
      hosts: found.map(({ host, finding }): Facts => ({ host, status: finding.status, ...finding.facts })),
    },
  };
}
