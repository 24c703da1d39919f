import { findRegionLabel } from "./region-label.ts";

/** Result of comparing a host with the hosts of the platform. */
export type HostMatch =
  | { readonly kind: "api" | "login" | "apps"; readonly domain: string }
  /** Looks like a host of the platform but serves neither API nor OAuth. */
  | { readonly kind: "wrong"; readonly domain: string | null; readonly why: string }
  /** A gateway, a proxy, a sandbox or anything else: genscope makes no claim about it. */
  | { readonly kind: "other" };

/** First labels of hosts that are not for API clients. Mentioning these hosts is not a mistake. */
const FOR_PEOPLE =
  /^(?:developer|help|status|community|www|docs|downloads?|all|marketing|apps?foundry|appfoundry|rcstorage|static|sso|streaming|webmessaging|signaling|(?:[a-z]+-)?cdn|api-downloads|fileupload|uploads?|inin-[\w-]+|prod-[\w-]+|(?:gapi|gws)(?:-[\w-]+)?)$/;
const LOOK_ALIKE =
  /(?:^|\.)(?:mypurecloud(?:\.[a-z]{2,4}){1,2}|genesys\.cloud|mygenesyscloud\.com|genesyscloud\.com|eu-gene\.com|pure\.cloud|purecloud\.com)$/;

const OF_ORGANIZATION = "the organization's name is never part of the host";
const OF_DOMAIN = "the domain alone identifies the region";

/**
 * Classifies a host (ignoring port and case) by the platform's naming rule: `api.`, `login.` or `apps.` before a
 * region's domain.
 */
export function classifyHost(host: string, domains: readonly string[]): HostMatch {
  const name = host.toLowerCase().replace(/:\d{1,5}$/, "");
  // The wildcard of a policy or an allowlist names no single host.
  if (name.includes("*")) return { kind: "other" };
  for (const domain of domains) {
    if (name === domain) {
      return { kind: "wrong", domain, why: "the bare domain serves neither API nor OAuth" };
    }
    if (!name.endsWith(`.${domain}`)) continue;
    const prefix = name.slice(0, -domain.length - 1);
    if (prefix === "api" || prefix === "login" || prefix === "apps") return { kind: prefix, domain };
    if (FOR_PEOPLE.test(prefix)) return { kind: "other" };
    const labelled = nameRegion(prefix, domain);
    if (labelled !== null) return labelled;
    const isOfRegion = findRegionLabel(prefix) !== null;
    // `api.` and `login.` were matched before; `apps-something.` of a region is not an API host either.
    return {
      kind: "wrong",
      domain,
      why: `no host \`${prefix}.\` exists: ${isOfRegion ? OF_DOMAIN : OF_ORGANIZATION}`,
    };
  }
  if (LOOK_ALIKE.test(name) && !FOR_PEOPLE.test(name.split(".")[0] ?? "") && name.split(".").length > 2) {
    return (
      nameRegion(name.split(".").slice(0, -2).join("."), null) ?? {
        kind: "wrong",
        domain: domainOfCountry(name, domains),
        why: "no region has this domain",
      }
    );
  }
  return { kind: "other" };
}

/** Returns the domain of the region in the country of a host: `mypurecloud.com.au` for `api.mypurecloud.au`. */
function domainOfCountry(name: string, domains: readonly string[]): string | null {
  const [, country] = /\bmypurecloud\.(?:[a-z]{2,4}\.)?([a-z]{2})$/.exec(name) ?? [];
  return country === undefined
    ? null
    : (domains.find((domain) => domain.startsWith("mypurecloud.") && domain.endsWith(`.${country}`)) ?? null);
}

/** Returns a mismatch when a label of a host refers to a different region than its domain does; null otherwise. */
function nameRegion(prefix: string, domain: string | null): HostMatch | null {
  const named = findRegionLabel(prefix);
  if (named === null || (named.region !== null && named.region.domain === domain)) return null;
  const { label, region } = named;
  return {
    kind: "wrong",
    domain: region?.domain ?? null,
    why:
      region === null
        ? `no region has \`${label}\` in its host`
        : `\`${label}\` stands for region ${region.id ?? region.domain}, which has its own domain`,
  };
}
