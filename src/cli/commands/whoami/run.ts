import type { SessionDescription } from "../../../auth/session/session.ts";
import type { Settings } from "../../../auth/settings/settings.ts";
import type { AccessToken } from "../../../auth/token/access-token.ts";
import type { Clock } from "../../../core/clock.ts";
import { AuthError } from "../../../core/errors.ts";
import { oneLine } from "../../../core/text.ts";
import { readPrincipal } from "../../../platform/identity/identity.ts";
import type {
  Division,
  Fact,
  Grant,
  Principal,
  TokenRefusal,
  Unreadable,
} from "../../../platform/reading/principal.ts";
import type { Connection } from "../../context.ts";
import type { HeldRole, UnreadableFact, WhoamiResult } from "./result.ts";

const FACTS: ReadonlySet<Fact> = new Set([
  "user",
  "grants",
  "divisions",
  "idle timeout",
  "scope enforcement",
]);

/** The organization id that the platform reports for its own applications. */
const BUILT_IN = "purecloud-builtin";

interface WhoamiDependencies {
  readonly clock: Clock;
  connect(): Promise<Connection>;
}

/**
 * Asks the service for the owner of the token, so that a revoked or disabled token is noticed.
 * @throws AuthError `auth.rejected` or `auth.address_rejected` when the service refuses the token; any error of
 * connecting
 */
export async function whoami({ clock, connect }: WhoamiDependencies): Promise<WhoamiResult> {
  const { settings, session, api } = await connect();
  const principal = await readPrincipal(api, FACTS, { login: session.describe() });
  if (principal.refusal !== null) throw rejected(principal.refusal, settings, session.describe());
  const { client } = principal;
  return {
    schema: "genscope/whoami/v1",
    kind: principal.kind,
    user: principal.user,
    organization: principal.organization,
    homeOrganization: principal.homeOrganization,
    region: { ...settings.region.value, source: settings.region.source },
    grant: client?.grantType ?? null,
    client:
      client === null
        ? null
        : {
            id: client.id,
            name: client.name,
            state: client.state,
            isBuiltIn: client.organizationId === BUILT_IN,
            dateToDelete: client.dateToDelete,
          },
    scopes: principal.scopes,
    scopesBind: principal.scopesBind,
    roles: principal.grants === null ? null : groupByRole(principal.grants, principal.divisions),
    token: describeToken(await session.accessToken(), session.describe(), principal, clock.now()),
    idleTimeout: principal.idleTimeout,
    unreadable: principal.unreadable.map(toFact),
  };
}

function describeToken(
  { expiresAtMs }: AccessToken,
  { grant, source, storedIn }: SessionDescription,
  { idlesAt }: Principal,
  nowMs: number,
): WhoamiResult["token"] {
  const idlesAtMs = idlesAt === null ? Number.NaN : Date.parse(idlesAt);
  return {
    obtainedBy: grant,
    source,
    storedIn,
    expiresAt: expiresAtMs === null ? null : new Date(expiresAtMs).toISOString(),
    expiresAtEpochSeconds: expiresAtMs === null ? null : Math.floor(expiresAtMs / 1_000),
    expiresInSeconds: expiresAtMs === null ? null : Math.floor((expiresAtMs - nowMs) / 1_000),
    idlesAt,
    idlesAtEpochSeconds: Number.isNaN(idlesAtMs) ? null : Math.floor(idlesAtMs / 1_000),
  };
}

/**
 * Returns the roles by name, without duplicates, with their divisions. Division names that the grants lack come from
 * the list of divisions.
 */
function groupByRole(grants: readonly Grant[], known: readonly Division[] | null): readonly HeldRole[] {
  const byRole = new Map<string, { readonly role: Grant["role"]; readonly divisions: Grant["division"][] }>();
  for (const { role, division } of grants) {
    const entry = byRole.get(role.id) ?? { role, divisions: [] };
    entry.divisions.push(division);
    byRole.set(role.id, entry);
  }
  return [...byRole.values()]
    .map(({ role, divisions }) => ({
      id: role.id,
      name: role.name,
      divisions: divisions.includes("*")
        ? ("*" as const)
        : divisions.flatMap((division) =>
            division === "*" ? [] : [known?.find(({ id }) => id === division.id) ?? division],
          ),
    }))
    .sort((a, b) => (a.name ?? a.id).localeCompare(b.name ?? b.id, "en"));
}

function toFact({ what, reason, permissions, scopes, call }: Unreadable): UnreadableFact {
  return {
    what,
    reason,
    permissions,
    scopes,
    status: call?.status ?? null,
    code: call?.code ?? null,
    correlationId: call?.correlationId ?? null,
  };
}

function rejected(
  refusal: TokenRefusal,
  settings: Settings,
  { source, grant }: SessionDescription,
): AuthError {
  const { domain } = settings.region.value;
  const said = [refusal.code === null ? null : `\`${oneLine(refusal.code, 100)}\``, oneLine(refusal.message)]
    .filter((text) => text !== null)
    .join(": ");
  const correlationId = refusal.correlationId ?? undefined;
  if (refusal.layer === "ip") {
    return new AuthError(
      "auth.address_rejected",
      `\`${domain}\` does not accept requests from this address: ${said}`,
      {
        hint: "add the address of this machine to Admin > Account Settings > Organization Settings > Settings > Allowed IP Addresses, or to the OAuth client's own list",
        correlationId,
      },
    );
  }
  const remedy =
    grant === "client-credentials"
      ? "check that the OAuth client is Active: Admin > Integrations > OAuth"
      : "get a new token: a token stops working when it expires, is revoked or stays idle for too long";
  return new AuthError(
    "auth.rejected",
    `\`${domain}\` refuses the token of ${source}: ${refusal.status} ${said}`,
    {
      hint:
        refusal.code === "credentials.expired"
          ? remedy
          : `check the region, which comes from ${settings.region.source}: a token is valid only in its own region; otherwise, ${remedy}`,
      correlationId,
    },
  );
}
