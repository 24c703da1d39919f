import { ownValue } from "../../../core/own-value.ts";
import { withoutFractions } from "../../../core/text.ts";
import type { Block, TreeNode } from "../../../output/blocks.ts";
import type { Style } from "../../../output/style.ts";
import type { HeldRole, UnreadableFact, WhoamiResult } from "./result.ts";
import { roughDuration } from "./rough-duration.ts";

const UNKNOWN = "unknown";
/** The platform's names for the grants, with those of RFC 6749. */
const GRANTS: Readonly<Record<string, string>> = {
  "CLIENT-CREDENTIALS": "client credentials",
  CODE: "authorization code",
  TOKEN: "implicit",
};

/** Renders the identity for a person: facts first, then roles, then unknown facts with reasons. */
export function viewWhoami(result: WhoamiResult, style: Style): readonly Block[] {
  const blocks: Block[] = [{ kind: "fields", rows: viewFacts(result, style) }];
  if (result.roles !== null && result.roles.length > 0) {
    blocks.push({
      kind: "table",
      columns: [{ name: "Role", isKey: true }, { name: "Divisions" }],
      rows: result.roles.map((role) => [nameOf(role), viewDivisions(role.divisions)]),
    });
  }
  if (result.unreadable.length > 0) {
    blocks.push({
      kind: "tree",
      nodes: [
        {
          text: style.doubt("could not be read:"),
          children: result.unreadable.map((fact) => viewUnreadable(fact, result.scopesBind, style)),
        },
      ],
    });
  }
  return blocks;
}

function viewFacts(result: WhoamiResult, style: Style): readonly (readonly [string, string])[] {
  const { client, region, token, organization, homeOrganization } = result;
  const isGuest = homeOrganization !== null && homeOrganization.id !== organization?.id;
  const from = (source: string) => style.faint(`(${source})`);
  return [
    ["Who", style.strong(viewWho(result))],
    ["Organization", organization === null ? UNKNOWN : nameAndId(organization)],
    ...(isGuest ? [["Home organization", nameAndId(homeOrganization)] as const] : []),
    ["Region", `${viewRegion(region)} ${from(region.source)}`],
    ["Grant", viewGrant(result)],
    ["OAuth client", client === null ? UNKNOWN : viewClient(client)],
    ["Scopes", viewScopes(result)],
    [
      "Roles",
      result.roles === null ? UNKNOWN : result.roles.length === 0 ? "none" : `${result.roles.length}`,
    ],
    ["Token from", token.storedIn === null ? token.source : `${token.source}, ${token.storedIn}`],
    ["Expires", viewExpiry(token)],
    ["Idle timeout", viewIdleTimeout(result)],
  ];
}

function viewGrant({ grant, token }: WhoamiResult): string {
  if (grant === null) return UNKNOWN;
  return `${ownValue(GRANTS, grant) ?? grant.toLowerCase()}${token.obtainedBy === "pkce" ? " with PKCE" : ""}`;
}

function viewRegion({ id, apiUrl, label, domain }: WhoamiResult["region"]): string {
  // The address of a gateway or sandbox contains its domain.
  return id === null ? `${apiUrl}, ${label}` : [id, label, domain].join(", ");
}

function viewWho({ kind, user, client }: WhoamiResult): string {
  if (kind === "client") {
    return `OAuth client ${client === null ? "of unknown name" : nameOf(client)}, no user`;
  }
  if (user === null) return kind === "user" ? "a user whose name could not be read" : UNKNOWN;
  return `${nameOf(user)}${user.email === null ? "" : ` <${user.email}>`}`;
}

function viewClient(client: NonNullable<WhoamiResult["client"]>): string {
  const remarks = [
    client.state,
    client.isBuiltIn ? "built into the platform" : null,
    client.dateToDelete === null ? null : `to be deleted ${client.dateToDelete}`,
  ].filter((remark) => remark !== null);
  return [nameAndId(client), ...remarks].join(", ");
}

function viewScopes({ kind, scopes, scopesBind }: WhoamiResult): string {
  if (kind === "client") return "do not apply: with client credentials, only roles count";
  const names = scopes === null ? UNKNOWN : scopes.length === 0 ? "none" : scopes.join(", ");
  const binding = {
    yes: "enforced by the organization",
    no: "not enforced by the organization",
    unknown: "not known whether the organization enforces them",
  }[scopesBind];
  return `${names} (${binding})`;
}

function viewExpiry({
  expiresAt,
  expiresAtEpochSeconds,
  expiresInSeconds,
  source,
}: WhoamiResult["token"]): string {
  if (expiresAt === null || expiresInSeconds === null) {
    return `${UNKNOWN}: the service does not report it for a token from ${source}`;
  }
  const left = expiresInSeconds > 0 ? `in ${roughDuration(expiresInSeconds)}` : "expired";
  return `${withoutFractions(expiresAt)} (epoch ${expiresAtEpochSeconds}), ${left}`;
}

function viewIdleTimeout({ idleTimeout, token }: WhoamiResult): string {
  const length =
    idleTimeout === null
      ? UNKNOWN
      : idleTimeout.isEnabled
        ? `${idleTimeout.seconds === null ? "unknown time" : roughDuration(idleTimeout.seconds)} without requests`
        : "off";
  return token.idlesAt === null
    ? length
    : `${length}; without another request, this token stops working at ${withoutFractions(token.idlesAt)} (epoch ${token.idlesAtEpochSeconds})`;
}

function viewDivisions(divisions: HeldRole["divisions"]): string {
  return divisions === "*"
    ? "every division"
    : divisions
        .map((division) => `${nameOf(division)}${division.isHome === true ? " (home)" : ""}`)
        .join(", ");
}

function viewUnreadable(
  { what, reason, permissions, scopes }: UnreadableFact,
  scopesBind: WhoamiResult["scopesBind"],
  style: Style,
): TreeNode {
  const condition = scopesBind === "yes" ? "" : "where scopes are enforced, ";
  const needs = [
    permissions.length === 0 ? null : `the permission ${permissions.join(" or ")}`,
    scopes.length === 0 ? null : `${condition}the scope ${scopes.join(" or ")}`,
  ].filter((need) => need !== null);
  return {
    text: `${what}: ${reason}`,
    children: needs.length === 0 ? [] : [{ text: `${style.hint("needs:")} ${needs.join("; ")}` }],
  };
}

function nameAndId({ id, name }: { readonly id: string; readonly name: string | null }): string {
  return name === null ? id : `${name} (${id})`;
}

function nameOf({ id, name }: { readonly id: string; readonly name: string | null }): string {
  return name ?? id;
}
