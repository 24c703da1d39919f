import { asString, type JsonRecord } from "../../core/json.ts";
import { type AuditActor, type RecordedAudit, recordAudit } from "../state/audit-trail.ts";
import type { AuditedAt } from "../state/audited-changes.ts";
import type { Organization } from "../state/organization.ts";
import type { World } from "../world.ts";
import { byIdOrName } from "./input.ts";

/**
 * Returns the organization, time and author for the audit of an action. Its field `by` is a user, a client or `system`.
 */
export function auditedAt(world: World, organization: Organization, input: JsonRecord): AuditedAt {
  return { organization, atMs: world.clock.now(), actor: actorIn(organization, input) };
}

/** Appends an audit to the world's audit trail. Does nothing for null. */
export function record(world: World, audit: Omit<RecordedAudit, "id"> | null): void {
  if (audit !== null) recordAudit(world.audits, world.seed, audit);
}

/** Returns the author that the action names in `by`, or otherwise the administration client. */
function actorIn({ users, clients }: Organization, input: JsonRecord): AuditActor {
  const wanted = asString(input["by"]);
  if (wanted === null) {
    const usual = [...clients.values()].find(({ name }) => name === "Administration");
    return usual === undefined ? { kind: "system", id: null } : { kind: "client", id: usual.id };
  }
  if (wanted === "system") return { kind: "system", id: null };
  const actors = new Map<string, { readonly id: string; readonly name: string }>([...users, ...clients]);
  const { id } = byIdOrName(actors, wanted, "user or client");
  return { kind: users.has(id) ? "user" : "client", id };
}
