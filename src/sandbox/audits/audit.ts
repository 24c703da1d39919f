import { ownValue } from "../../core/own-value.ts";
import { Draws } from "../conversations/plan/draws.ts";
import { at, DAY_MS } from "../conversations/plan/instant.ts";
import type { World } from "../world.ts";

/** Number of days before the sandbox's start for which audits are generated. */
const SPAN_DAYS = 31;

const ACTIONS: readonly string[] = ["Create", "Update", "Delete", "View"];

/**
 * Services, and the entities for which audits are generated. Audits of roles and OAuth clients are never generated,
 * only recorded.
 */
export const AUDITED: Readonly<Record<string, readonly string[]>> = {
  Architect: ["Flow", "Prompt"],
  ContactCenter: ["Queue", "WrapupCode", "Skill"],
  PeoplePermissions: ["AccessToken", "User"],
};

export interface Audit {
  readonly id: string;
  readonly eventMs: number;
  readonly serviceName: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The parts of a world that determine which audits are generated. */
type AuditedWorld = Pick<World, "seed" | "startedAtMs" | "roster">;

/**
 * Returns the time of audit number `place`. The audits are spread evenly over the 31 days before the sandbox's start.
 */
export function auditedAtMs(world: AuditedWorld, place: number): number {
  const spanMs = SPAN_DAYS * DAY_MS;
  return Math.floor(world.startedAtMs - spanMs + (place * spanMs) / world.roster.sizes.audits);
}

/** Returns audit number `place`, counted from the oldest. */
export function readAudit(world: AuditedWorld, place: number): Audit {
  const draws = new Draws(world.seed ^ 0x41554449, 0, place);
  const serviceName = draws.pick(Object.keys(AUDITED));
  const entityType = draws.pick(ownValue(AUDITED, serviceName) ?? []);
  const eventMs = auditedAtMs(world, place);
  const id = draws.uuid();
  const entity = draws.pick(world.roster.queues);
  const action = draws.pick(ACTIONS);
  const body = {
    id,
    user: { id: draws.pick(world.roster.agents).id },
    remoteIp: ["192.0.2.1"],
    serviceName,
    eventDate: at(eventMs),
    message: { message: `${action} of ${entity.name}`, messageWithParams: "{action}", messageParams: {} },
    action,
    entity: { id: entity.id, name: entity.name },
    entityType,
    status: draws.chance(0.05) ? "FAILURE" : "SUCCESS",
    application: "Example admin pages",
    propertyChanges: [{ property: "name", oldValues: [entity.name], newValues: [`${entity.name} +`] }],
  };
  return { id, eventMs, serviceName, body };
}
