import type { Principal } from "../../platform/reading/principal.ts";
import type { Aspect } from "../verdict/aspect.ts";
import { describeGrants } from "../verdict/wording.ts";

/** A description of each of a principal's aspects for a table, in the order of the platform's checks. */
export type Aspects = Readonly<Record<Exclude<Aspect, "permission">, string>>;

const NOT_READ = "could not be read";
const NOTHING = "none";

/** Describes each aspect of a principal. Two descriptions are equal only if the facts behind them are equal. */
export function describeAspects(principal: Principal, region: string): Aspects {
  const { refusal, client, organization, homeOrganization, scopes, scopesBind, accessPolicies } = principal;
  return {
    token: refusal === null ? "accepted" : `refused: ${refusal.message}`,
    region,
    organization: describeOrganization(organization, homeOrganization),
    grant: describeGrantType(principal),
    client: client === null ? NOT_READ : (client.name ?? client.id),
    "client state": client?.state ?? NOT_READ,
    scopes: scopes === null ? NOT_READ : listed(scopes),
    "scopes bind": scopesBind === "unknown" ? "unknown" : scopesBind,
    roles:
      principal.grants === null ? NOT_READ : listed(principal.grants.map((grant) => describeGrants([grant]))),
    "access policies":
      accessPolicies === null
        ? NOT_READ
        : listed(
            accessPolicies
              .filter(({ isEnabled }) => isEnabled)
              .map(
                ({ name, id, effect, target }) => `"${name ?? id}" (${effect.toUpperCase()} on ${target})`,
              ),
          ),
    unreadable: listed(principal.unreadable.map(({ what }) => what)),
  };
}

function describeOrganization(
  organization: Principal["organization"],
  home: Principal["homeOrganization"],
): string {
  if (organization === null) return NOT_READ;
  const name = organization.name ?? organization.id;
  return home === null || home.id === organization.id ? name : `${name}, from ${home.name ?? home.id}`;
}

function describeGrantType({ kind, client }: Principal): string {
  const type = client?.grantType?.toLowerCase();
  return type === undefined ? kind : `${kind}, ${type}`;
}

function listed(words: readonly string[]): string {
  const sorted = [...new Set(words)].toSorted((a, b) => a.localeCompare(b));
  return sorted.length === 0 ? NOTHING : sorted.join(", ");
}
