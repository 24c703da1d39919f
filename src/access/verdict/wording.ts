import type { Grant, Principal } from "../../platform/reading/principal.ts";

/** Joins names as `a`, `b` or `c`. */
export function anyOf(names: readonly string[]): string {
  return list(names, "or");
}

/** Joins names as `a`, `b` and `c`. */
export function allOf(names: readonly string[]): string {
  return list(names, "and");
}

/** Lists the closest names after a correction: `; closest scopes: X or Y`. Empty when there are none. */
export function closestOf(kind: string, names: readonly string[]): string {
  return names.length === 0 ? "" : `; closest${kind}: ${anyOf(names)}`;
}

function list(names: readonly string[], conjunction: "and" | "or"): string {
  return inWords(
    names.map((name) => `\`${name}\``),
    conjunction,
  );
}

/** Joins phrases as `x, y and z`, or with "or". */
export function inWords(phrases: readonly string[], conjunction: "and" | "or" = "and"): string {
  const last = phrases.at(-1) ?? "";
  return phrases.length < 2 ? last : `${phrases.slice(0, -1).join(", ")} ${conjunction} ${last}`;
}

/** Lowers the first letter of a sentence and omits its full stop. Keeps a first word such as OAuth. */
export function asClause(sentence: string): string {
  return sentence.replace(/^[A-Z](?![A-Z])/, (letter) => letter.toLowerCase()).replace(/\.$/, "");
}

/** Joins the source and date of a fact as `SOURCE; as of DATE`. The source may contain a different date. */
export function originOf({ source, date }: { readonly source: string; readonly date: string }): string {
  return `${source}; as of ${date}`;
}

/** Describes grants as `role "Reporting" in division "Home" and role "Agent" in every division`. */
export function describeGrants(grants: readonly Grant[]): string {
  return inWords(grants.map(describeGrant));
}

/** Describes a grant as `role "Reporting" in division "Home"`. */
export function describeGrant(grant: Grant): string {
  return `role "${grant.role.name ?? grant.role.id}" in ${describeDivision(grant)}`;
}

/** Describes a grant's division as `division "Home"` or `every division`. */
export function describeDivision({ division }: Pick<Grant, "division">): string {
  return division === "*" ? "every division" : `division "${division.name ?? division.id}"`;
}

/** Returns the name of a grant type; the API calls authorization code `CODE`, and the implicit grant `TOKEN`. */
export function describeGrantType(grantType: string): string {
  if (grantType === "CODE") return "authorization code";
  return grantType === "TOKEN" ? "implicit" : grantType.toLowerCase();
}

/** Describes the owner of the token: `OAuth client "Reporting service"`, `user "Agent 1"` or `this token`. */
export function describeSubject(principal: Principal): string {
  if (principal.kind === "client") return describeClient(principal);
  if (isOther(principal) && principal.user === null) {
    return principal.kind === "user" ? "any user" : describeClient(principal);
  }
  const name = principal.user?.name ?? principal.user?.id;
  return principal.kind === "user" && name !== undefined
    ? `user "${name}"`
    : principal.kind === "user"
      ? "this token's user"
      : "this token";
}

/**
 * Describes the client: `OAuth client "Reporting service"`, or `this token's OAuth client` when it is
 * unknown.
 */
export function describeClient({ client }: Principal): string {
  const name = client?.name ?? client?.id;
  return name === undefined ? "this token's OAuth client" : `OAuth client "${name}"`;
}

/** Whether the principal is another identity, which was read with a different token. */
export function isOther({ tokenDoubts }: Principal): boolean {
  return tokenDoubts !== undefined;
}

/** Describes the token in statements about scopes. Another identity has the scopes of its OAuth client. */
export function describeToken(principal: Principal): string {
  return isOther(principal) ? describeClient(principal) : "the token";
}

/** Describes whose roles decide: those of this token's owner or of another identity. */
export function describeHolder(principal: Principal): string {
  return isOther(principal) ? describeSubject(principal) : "this token";
}

/** Returns the quoted name of a division, or its id when the name is unknown. */
export function divisionName(principal: Principal, id: string): string {
  return `"${principal.divisions?.find((division) => division.id === id)?.name ?? id}"`;
}

/** Whether the token is used in an organization that is not the user's home organization but trusts it. */
export function isTrusted({ organization, homeOrganization }: Principal): boolean {
  return organization !== null && homeOrganization !== null && organization.id !== homeOrganization.id;
}
