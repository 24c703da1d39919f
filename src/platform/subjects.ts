import { asRecord, asString } from "../core/json.ts";
import type { Api } from "./api.ts";
import { parseDivision } from "./divisions.ts";
import { parseNamed } from "./named.ts";
import type { Division, Grant, Named, Role } from "./principal.ts";
import { attemptRead, type Reading } from "./reading.ts";
import { READS } from "./reads.ts";
import { parsePolicies } from "./roles.ts";
import { parseWhole } from "./whole-list.ts";

/** How long a new grant may take until the service acts on it (domain facts, section 7, cause 16: 10 to 60 s). */
const PROPAGATION_MS = 60_000;

/** A grant whose role may have come without its lines; they must be read before anything is concluded. */
export interface SubjectGrant {
  readonly role: Named;
  /** Null when the answer did not spell the role out, or not in full. */
  readonly policies: Role["policies"] | null;
  readonly division: Grant["division"];
  readonly isRecent: boolean;
}

/** A user or client with the roles it holds. */
export interface Subject {
  readonly id: string | null;
  readonly name: string | null;
  /** Null when the answer says nothing about grants, or what it says is not understood. */
  readonly grants: readonly SubjectGrant[] | null;
}

/** The token's own subject. Whether every service answers it for clients is not known. */
export function readOwnSubject(api: Api): Promise<Reading<Subject>> {
  return attemptRead(api, READS.ownSubject, { parse: parseSubject });
}

/** Another subject, or the own one by its id: for a client's token that is the OAuth client's id. */
export function readSubject(api: Api, subjectId: string): Promise<Reading<Subject>> {
  return attemptRead(api, READS.subject, { parameters: { subjectId }, parse: parseSubject });
}

function parseSubject(body: unknown, headers: Readonly<Record<string, string>>): Subject {
  const subject = asRecord(body);
  const named = parseNamed(subject);
  // By the service's own clock: ours may be wrong, and both instants then come from the same one.
  const answeredAtMs = Date.parse(headers["date"] ?? "");
  return {
    id: named?.id ?? null,
    name: named?.name ?? null,
    grants: parseWhole(subject["grants"], (grant) => parseGrant(grant, answeredAtMs)),
  };
}

function parseGrant(value: unknown, answeredAtMs: number): SubjectGrant | null {
  const grant = asRecord(value);
  const role = parseNamed(grant["role"]);
  const division = readGrantDivision(grant["division"]);
  if (role === null || division === null) {
    return null;
  }
  return {
    role,
    policies: parsePolicies(asRecord(grant["role"])["policies"]),
    division,
    isRecent: Math.abs(answeredAtMs - Date.parse(asString(grant["grantMadeAt"]) ?? "")) < PROPAGATION_MS,
  };
}

/** `*` may stand for the division or for its id. */
function readGrantDivision(value: unknown): Division | "*" | null {
  const division = parseDivision(value);
  return value === "*" || division?.id === "*" ? "*" : division;
}
