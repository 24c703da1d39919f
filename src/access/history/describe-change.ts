import type { AuditActor } from "../../platform/audits/audit.ts";
import type { Principal } from "../../platform/reading/principal.ts";
import type { VerdictName } from "../verdict/verdict.ts";
import type { AuditedChange } from "./audited-change.ts";
import type { VerdictSince } from "./verdict-since.ts";

/** Names of the roles and divisions that changes refer to by id. */
export interface HistoryNames {
  readonly roles: ReadonlyMap<string, string>;
  readonly divisions: ReadonlyMap<string, string>;
  readonly groups: ReadonlyMap<string, string>;
}

/** Collects names from the principal and, for roles that no longer exist, from the audits. */
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
    groups: new Map(
      changes.flatMap(({ entityType, entity: { id, name } }) =>
        entityType !== "DirectoryGroup" || id === null || name === null ? [] : [[id, name] as const],
      ),
    ),
    divisions: new Map(
      (principal.divisions ?? []).flatMap(({ id, name }) => (name === null ? [] : [[id, name] as const])),
    ),
  };
}

/** Describes a change in one line, without its time and author. */
export function describeChange(
  { effect, entityType, entity, action }: AuditedChange,
  names: HistoryNames,
): string {
  const client = subjectOf("OAuthClient", entity, "");
  switch (effect.kind) {
    case "role":
      return `${roleName(effect.roleId, names)} ${gotAndLost("permission", effect)}`;
    case "role-unstated":
      return `${roleName(effect.roleId, names)} changed; the audit does not show how`;
    case "role-created":
      return `${roleName(effect.roleId, names)} was created`;
    case "role-deleted":
      return `${roleName(effect.roleId, names)} was deleted`;
    case "granted":
      return `${roleName(effect.roleId, names)} was granted ${holder("to", effect.groupId, names)}${places(effect.divisions, names)}`;
    case "revoked":
      return `${roleName(effect.roleId, names)} was revoked ${holder("from", effect.groupId, names)}${places(effect.divisions, names)}`;
    case "joined":
      return `the user joined ${groupName(effect.groupId, names)}`;
    case "left":
      return `the user left ${groupName(effect.groupId, names)}`;
    case "policy-created":
      return `access policy "${entity.name ?? entity.id}" was created`;
    case "policy-changed":
      return `access policy "${entity.name ?? entity.id}" ${/^delete$/i.test(action) ? "was deleted" : "changed; the audit does not show how"}`;
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
      return `${subjectOf(entityType, entity, "a grant")} changed; the audit does not show how`;
    case "none":
      return `${subjectOf(entityType, entity, roleName(entity.id ?? "?", names))} changed, without effect on verdicts`;
  }
}

/** Returns the author of a change: the name, or the id when the audit contains no name. */
export function describeActor({ kind, id, name }: AuditActor): string {
  if (kind === "system") return "the platform";
  if (kind === "unknown") return "unknown";
  return kind === "client" ? `OAuth client ${name ?? id}` : (name ?? `user ${id}`);
}

/** Describes how long a verdict has stayed the same, as a sentence without a final period. */
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
      return `${verdict} since before ${from}: no audited change in this period made a difference`;
    case "unknown":
      return `how long this verdict has applied is unknown, because the verdict itself is ${verdict}`;
  }
}

const DOUBTS: Readonly<Record<NonNullable<VerdictSince["doubt"]>, string>> = {
  unstated: "the audit does not show what changed then",
  ambiguous: "the audit does not show whether that change made the difference",
  contradiction: "that change contradicts the current grants, so an audit entry is missing",
  unread: "the grants could not be read, so the earlier grants could not be reconstructed",
  "no verdict": "the verdict is unknown",
};

/** Describes the object of an audit entry. */
function subjectOf(entityType: string, { name, id }: AuditedChange["entity"], other: string): string {
  const quoted = `"${name ?? id ?? "?"}"`;
  switch (entityType) {
    case "OAuthClient":
      return `OAuth client ${quoted}`;
    case "Policy":
      return `access policy ${quoted}`;
    case "DirectoryGroup":
      return `group ${quoted}`;
    case "User":
      return `user ${quoted}`;
    default:
      return other;
  }
}

function holder(word: "to" | "from", groupId: string | undefined, names: HistoryNames): string {
  return groupId === undefined ? "" : `${word} ${groupName(groupId, names)} `;
}

function groupName(id: string, { groups }: HistoryNames): string {
  return `group "${groups.get(id) ?? id}"`;
}

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
