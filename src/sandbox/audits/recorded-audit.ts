import { at } from "../conversations/plan/instant.ts";
import type { RecordedAudit } from "../state/audit-trail.ts";
import type { World } from "../world.ts";
import type { Audit } from "./audit.ts";

/** Actions of the recorded changes, by service and entity, as the service mapping lists them. */
export const RECORDED: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  PeoplePermissions: {
    Role: ["Create", "Update", "Delete", "MemberAdd", "MemberRemove"],
    OAuthClient: ["Create", "Update", "Delete"],
    Policy: ["Create", "Update", "Delete"],
  },
  // Listed even though no admin action changes a user's state yet.
  Directory: { User: ["Create", "Update", "Delete"] },
  Groups: { DirectoryGroup: ["MemberAdd", "MemberRemove"] },
};

/** Returns a recorded change in the form of the API (`AuditLogMessage`). */
export function describeRecorded(world: World, recorded: RecordedAudit): Audit {
  const { id, atMs, organizationId, actor, action, entity, entityType, changes } = recorded;
  const serviceName = entityType === "DirectoryGroup" ? "Groups" : "PeoplePermissions";
  const isNamed = world.settings.auditChanges === "named";
  return {
    id,
    eventMs: atMs,
    serviceName,
    body: {
      id,
      userHomeOrgId: organizationId,
      ...(actor.kind === "user" ? { user: { id: actor.id } } : {}),
      ...(actor.kind === "client" ? { client: { id: actor.id } } : {}),
      remoteIp: ["192.0.2.7"],
      serviceName,
      level: actor.kind === "system" ? "SYSTEM" : "USER",
      eventDate: at(atMs),
      message: { message: `${action} of ${entityType}`, messageWithParams: "{action}", messageParams: {} },
      action,
      entity,
      entityType,
      status: "SUCCESS",
      application: "Example admin pages",
      propertyChanges: isNamed ? changes : [],
    },
  };
}
