import { asArray, asRecord, asString, type JsonRecord } from "../../core/json.ts";
import { parseWhole } from "../reading/whole-list.ts";

/** Who made an audited change. */
export interface AuditActor {
  readonly kind: "user" | "client" | "system" | "unknown";
  readonly id: string | null;
  readonly name: string | null;
}

/** A property with its values before and after a change. Many audits list none. */
export interface AuditedProperty {
  readonly property: string;
  readonly oldValues: readonly string[];
  readonly newValues: readonly string[];
}

/** One audited event (`AuditLogMessage`), with only the fields that a history needs. */
export interface Audit {
  readonly id: string | null;
  /** Time of the event in milliseconds since the Unix epoch. */
  readonly atMs: number;
  readonly actor: AuditActor;
  readonly entityType: string;
  readonly action: string;
  readonly entityId: string | null;
  /** Name; for a granted or revoked role, a key composed of subject, role and organization. */
  readonly entityName: string | null;
  readonly hasFailed: boolean;
  readonly properties: readonly AuditedProperty[];
}

/** Returns the audits of a page; null when one of them cannot be parsed. A page without entities is empty. */
export function auditsIn(body: JsonRecord): readonly Audit[] | null {
  return body["entities"] === undefined ? [] : parseWhole(body["entities"], parseAudit);
}

/** Parses an audit; null without its time, its action or the type of its entity. */
function parseAudit(value: unknown): Audit | null {
  const fields = asRecord(value);
  const atMs = Date.parse(asString(fields["eventDate"]) ?? "");
  const action = asString(fields["action"]);
  const entityType = asString(fields["entityType"]);
  if (Number.isNaN(atMs) || action === null || entityType === null) return null;
  const entity = asRecord(fields["entity"]);
  return {
    id: asString(fields["id"]),
    atMs,
    actor: actorIn(fields),
    entityType,
    action,
    entityId: asString(entity["id"]),
    entityName: asString(entity["name"]),
    hasFailed: asString(fields["status"])?.toUpperCase() === "FAILURE",
    properties: asArray(fields["propertyChanges"]).map(asRecord).map(propertyIn),
  };
}

function actorIn(fields: JsonRecord): AuditActor {
  const [user, client] = [asRecord(fields["user"]), asRecord(fields["client"])];
  const level = asString(fields["level"])?.toUpperCase();
  if (level === "SYSTEM") return { kind: "system", id: null, name: null };
  const userId = asString(user["id"]);
  if (userId !== null) return { kind: "user", id: userId, name: asString(user["name"]) };
  const clientId = asString(client["id"]);
  if (clientId !== null) return { kind: "client", id: clientId, name: asString(client["name"]) };
  return { kind: "unknown", id: null, name: null };
}

function propertyIn(change: JsonRecord): AuditedProperty {
  const valuesIn = (field: string) =>
    asArray(change[field])
      .map(textOf)
      .filter((text) => text !== "");
  return {
    property: asString(change["property"]) ?? "",
    oldValues: valuesIn("oldValues"),
    newValues: valuesIn("newValues"),
  };
}

/** Returns a property's value as text. The model declares strings; any other value becomes JSON. */
function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
