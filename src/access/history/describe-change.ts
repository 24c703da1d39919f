import type { AuditActor } from "../../platform/audits/audit.ts";
import type { Principal } from "../../platform/reading/principal.ts";
import type { VerdictName } from "../verdict/verdict.ts";
import type { AuditedChange } from "./audited-change.ts";
import type { VerdictSince } from "./verdict-since.ts";

/** Names of the roles and divisions that changes mention by id. */
export interface HistoryNames {
  readonly roles: ReadonlyMap<string, string>;
  readonly divisions: ReadonlyMap<string, string>;
}

/** Collects names from the facts about the principal, and from the audits for roles that no longer exist. */
export function namesFor(principal: Principal, changes: readonly AuditedChange[]): HistoryNames {
  const known = [...(principal.roles ?? []), ...(principal.grants ?? []).map(({ role }) => role)];
  const audited = changes.filter(
    ({ action, entityType }) => entityType === "Role" && !/^member/i.test(action),
  );
  return {
    roles: new Map([
      ...audited.flatMap(({ entity: { id, name } }) =>
        id === null || name === null ? [] : [[id, name] as const],
      ),
      ...known.flatMap(({ id, name }) => (name === null ? [] : [[id, name] as const])),
    ]),
    divisions: new Map(
      (principal.divisions ?? []).flatMap(({ id, name }) => (name === null ? [] : [[id, name] as const])),
    ),
  };
}

/** Describes a change in one line, without its time and author. */
export function describeChange({ effect, entityType, entity }: AuditedChange, names: HistoryNames): string {
  const client = `OAuth client "${entity.name ?? entity.id ?? "?"}"`;
  switch (effect.kind) {
    case "role":
      return `${roleName(effect.roleId, names)} ${gotAndLost("permission", effect)}`;
    case "role-unstated":
      return `${roleName(effect.roleId, names)} changed; the audit does not name what`;
    case "role-created":
      return `${roleName(effect.roleId, names)} was created`;
    case "role-deleted":
      return `${roleName(effect.roleId, names)} was deleted`;
    case "granted":
      return `${roleName(effect.roleId, names)} was granted ${places(effect.divisions, names)}`;
    case "revoked":
      return `${roleName(effect.roleId, names)} was revoked ${places(effect.divisions, names)}`;
    case "client":
      return `${client} ${[
        ...(effect.added.length + effect.removed.length === 0 ? [] : [gotAndLost("scope", effect)]),
        ...(effect.state === null
          ? []
          : [`became ${effect.state.after ?? "?"} (${effect.state.before ?? "?"} before)`]),
      ].join(" and ")}`;
    case "client-created":
      return `${client} was created`;
    case "unstated":
      return `${entityType === "OAuthClient" ? client : "a grant"} changed; the audit does not name what`;
    case "none":
      return `${entityType === "OAuthClient" ? client : roleName(entity.id ?? "?", names)} changed, without effect on verdicts`;
  }
}

/** Returns the author of a change; an id replaces a name that was not sent. */
export function describeActor({ kind, id, name }: AuditActor): string {
  if (kind === "system") return "the platform";
  if (kind === "unknown") return "unknown";
  return kind === "client" ? `OAuth client ${name ?? id}` : (name ?? `user ${id}`);
}

/** Describes since when a verdict has been the same, as a sentence without its end. */
export function describeSince(
  verdict: VerdictName,
  since: VerdictSince,
  { from, names }: { readonly from: string; readonly names: HistoryNames },
): string {
  const at = since.atMs === null ? "" : new Date(since.atMs).toISOString();
  const what =
    since.change === null
      ? ""
      : `${describeChange(since.change, names)}, by ${describeActor(since.change.actor)}`;
  switch (since.state) {
    case "known":
      return `${verdict} since ${at}: ${what}${since.before === null ? "" : `; ${since.before} before`}`;
    case "at-latest":
      return `${verdict} since ${at} or longer: ${DOUBTS[since.doubt ?? "ambiguous"]} (${what})`;
    case "longer":
      return `${verdict} since before ${from}: no audited change of this time made a difference`;
    case "unknown":
      return `since when is unknown: the verdict itself is ${verdict}`;
  }
}

const DOUBTS: Readonly<Record<NonNullable<VerdictSince["doubt"]>, string>> = {
  unstated: "what changed then is not stated",
  ambiguous: "whether that change made the difference is not stated",
  contradiction: "that change does not fit what is held now, so an audit is missing",
  unread: "the grants could not be read, so changes can't be undone",
  "no verdict": "the verdict is unknown",
};

function roleName(id: string, { roles }: HistoryNames): string {
  return `role "${roles.get(id) ?? id}"`;
}

function gotAndLost(
  noun: "permission" | "scope",
  { added, removed }: { readonly added: readonly string[]; readonly removed: readonly string[] },
): string {
  const list = (verb: string, names: readonly string[]) =>
    names.length === 0 ? [] : [`${verb} the ${noun}${names.length === 1 ? "" : "s"} ${names.join(", ")}`];
  return [...list("got", added), ...list("lost", removed)].join(" and ");
}

function places(ids: readonly string[] | null, { divisions }: HistoryNames): string {
  if (ids === null) return "in a division that the audit does not name";
  return ids.map((id) => (id === "*" ? "in every division" : `in ${divisions.get(id) ?? id}`)).join(" and ");
}
