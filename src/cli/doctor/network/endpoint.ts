import type { Region } from "../../../platform/region.ts";
import { CHECK_STATUSES, type Facts, type Finding, passed } from "../check.ts";

export type Role = "login" | "API";

/** A host of the region, and what is asked of it. */
export interface Endpoint {
  /** Base URL, without a slash at the end. */
  readonly baseUrl: string;
  readonly url: URL;
  /** Both for a gateway or sandbox that serves login and API alike. */
  readonly roles: readonly Role[];
}

/** The hosts of a region, each once. */
export function endpointsOf({ loginUrl, apiUrl }: Region): readonly Endpoint[] {
  const url = (text: string) => new URL(text);
  return loginUrl === apiUrl
    ? [{ baseUrl: apiUrl, url: url(apiUrl), roles: ["login", "API"] }]
    : [
        { baseUrl: loginUrl, url: url(loginUrl), roles: ["login"] },
        { baseUrl: apiUrl, url: url(apiUrl), roles: ["API"] },
      ];
}

/** What one check found at one host. */
export interface HostFinding {
  readonly host: string;
  readonly finding: Finding;
}

/** The findings at several hosts as one: as serious as the most serious, whose hint it has. */
export function combineFindings(found: readonly HostFinding[]): Finding {
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
