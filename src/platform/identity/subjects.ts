import { asRecord, asString } from "../../core/json.ts";
import type { Api } from "../api/api.ts";
import { parseNamed } from "../reading/named.ts";
import type { Division, Grant, Named, Role } from "../reading/principal.ts";
import { attemptRead, type Reading } from "../reading/reading.ts";
import { READS } from "../reading/reads.ts";
import { parseWhole } from "../reading/whole-list.ts";
import { parseDivision } from "./divisions.ts";
import { parsePolicies } from "./roles.ts";

/** Delay until the service enforces a new grant. Users report 10 to 60 s, so this is the upper bound. */
const PROPAGATION_MS = 60_000;

/** A grant whose role may come without policies. They must then be read separately before anything can be concluded. */
export interface SubjectGrant {
  readonly role: Named;
  /** Policies of the role; null when the response does not contain the whole role. */
  readonly policies: Role["policies"] | null;
  readonly division: Grant["division"];
  readonly isRecent: boolean;
  /**
   * Id of the subject to which the role was granted, such as a group of the user; null when the service sent
   * none.
   */
  readonly subjectId: string | null;
}

/** A user or client, with the roles granted to it. */
export interface Subject {
  readonly id: string | null;
  readonly name: string | null;
  /** The roles granted to the subject; null when the response has none, or has some that cannot be parsed. */
  readonly grants: readonly SubjectGrant[] | null;
}

/** Reads the token's own subject. It is unknown whether every service supports this for clients. */
export function readOwnSubject(api: Api): Promise<Reading<Subject>> {
  return attemptRead(api, READS.ownSubject, { parse: parseSubject });
}

/**
 * Reads a subject by its id: for a client's token, the id of the OAuth client.
 * @param query `includeDuplicates` lists a role in a division once for each subject that it comes through
 */
export function readSubject(
  api: Api,
  subjectId: string,
  query: { readonly includeDuplicates?: true } = {},
): Promise<Reading<Subject>> {
  return attemptRead(api, READS.subject, { parameters: { subjectId }, query, parse: parseSubject });
}

function parseSubject(body: unknown, headers: Readonly<Record<string, string>>): Subject {
  const subject = asRecord(body);
  const named = parseNamed(subject);
  // Both times come from the service's clock, because the local clock may be wrong.
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
  if (role === null || division === null) return null;
  return {
    role,
    policies: parsePolicies(asRecord(grant["role"])["policies"]),
    division,
    subjectId: asString(grant["subjectId"]),
    isRecent: Math.abs(answeredAtMs - Date.parse(asString(grant["grantMadeAt"]) ?? "")) < PROPAGATION_MS,
  };
}

/** Reads the division of a grant. The service may send `*` as the whole division or as its id. */
function readGrantDivision(value: unknown): Division | "*" | null {
  const division = parseDivision(value);
  return value === "*" || division?.id === "*" ? "*" : division;
}
