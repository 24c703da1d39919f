import type { Caveat } from "../../catalogue/facts/caveat.ts";
import { type Refusal, refusal } from "../refusal.ts";
import type { PlacedObject } from "../state/organization.ts";
import type { CallFacts } from "./call-facts.ts";
import { checkAll, checkPermissions, type PermissionQuestion } from "./permission.ts";

/** Input for the rules that the definition states only in prose. */
export interface CaveatQuestion extends PermissionQuestion {
  readonly facts: CallFacts;
}

/**
 * Enforces the rules that the definition states only in prose, with the object's attributes: `owner` (id of a subject),
 * `counts` (the only permission that counts for the object) and `divisions` (ids of all its divisions). The setting
 * `undocumented` decides the remaining cases.
 */
export function enforceCaveats(question: CaveatQuestion): Refusal | null {
  for (const caveat of question.operation.caveats) {
    const refused = caveat.effect === "note" ? null : enforceCaveat(caveat, question);
    if (refused !== null) return refused;
  }
  return null;
}

function enforceCaveat(caveat: Caveat, question: CaveatQuestion): Refusal | null {
  switch (caveat.kind) {
    case "all-divisions":
      return needs(question, caveat.permissions, [...question.caller.organization.divisions.keys()]);
    case "depends-on-request":
      return caveat.condition?.grant === undefined ? enforceRequest(caveat, question) : null;
    case "depends-on-object":
      return caveat.condition?.grant === undefined ? enforceObject(caveat, question) : null;
    case "own-403":
      // When the path contains the type of the moved object, `enforceRequest` checks the permission for that type.
      return question.facts.hasPathCase ? null : enforceObject(caveat, question);
    case "target":
      return enforceTarget(caveat, question);
    default:
      return null;
  }
}

function enforceRequest(caveat: Caveat, question: CaveatQuestion): Refusal | null {
  const { facts, object } = question;
  const places = caveat.cases.flatMap(({ when, permissions }) =>
    "in" in when ? [{ when, permissions }] : [],
  );
  if (places.length > 0) {
    const valuesOf = (name: string) => [facts.parameters.get(name) ?? "", ...facts.query.getAll(name)];
    const given = places.filter(({ when }) => valuesOf(when.name).includes(when.value));
    if (places.some(({ when }) => when.in === "path") && given.length === 0) {
      return undocumented(caveat, question);
    }
    const divisions = [facts.parameters.get("divisionId"), ...facts.named.map((named) => named.divisionId)];
    for (const { permissions } of given) {
      const refused =
        permissions === null
          ? undocumented(caveat, question)
          : needs(question, permissions, known(divisions));
      if (refused !== null) return refused;
    }
    return null;
  }
  if (caveat.isClearedByPermissions) return enforceObject(caveat, question);
  const { body, query } = caveat.condition ?? {};
  if (query !== undefined && body === undefined && !facts.query.has(query)) return null;
  if (body !== undefined && caveat.permissions.length > 0) {
    if (!facts.hasBody) return null;
    const refused = needs(
      question,
      caveat.permissions,
      known([object?.divisionId, facts.fields.get("divisionId")]),
    );
    return refused ?? undocumented(caveat, question);
  }
  if (body !== undefined) {
    const refused = facts.named
      .map((named) => checkPermissions({ ...question, object: named }))
      .find(Boolean);
    return refused ?? (facts.hasBody ? undocumented(caveat, question) : null);
  }
  return undocumented(caveat, question);
}

function enforceObject(caveat: Caveat, question: CaveatQuestion): Refusal | null {
  const { object, caller } = question;
  const { owner, counts, divisions } = object?.attributes ?? {};
  if (caveat.isClearedByPermissions) {
    return counts !== undefined && caveat.permissions.includes(counts) ? checkAll(question, [counts]) : null;
  }
  if (divisions !== undefined && caveat.condition === null) {
    const refused = divisions
      .split(",")
      .map((divisionId) => checkPermissions({ ...question, object: placed(object, divisionId) }))
      .find(Boolean);
    if (refused !== undefined) return refused;
  }
  if (owner !== undefined) return owner === caller.subjectId ? null : refuseBy(caveat);
  return undocumented(caveat, question);
}

/** Checks that every user in the body holds the permissions as well. */
function enforceTarget(caveat: Caveat, question: CaveatQuestion): Refusal | null {
  const { facts, caller } = question;
  for (const subjectId of facts.users) {
    const refused = checkAll({ ...question, caller: { ...caller, subjectId } }, caveat.permissions);
    if (refused !== null) return refuseBy(caveat);
  }
  return facts.hasBody ? undocumented(caveat, question) : null;
}

/**
 * Refuses unless the caller holds the permissions in all of these divisions. Without divisions, any division suffices.
 */
function needs(
  question: CaveatQuestion,
  permissions: readonly string[],
  divisionIds: readonly string[],
): Refusal | null {
  if (divisionIds.length === 0) return checkAll(question, permissions);
  for (const divisionId of divisionIds) {
    const refused = checkAll({ ...question, object: placed(question.object, divisionId) }, permissions);
    if (refused !== null) return refused;
  }
  return null;
}

function placed(object: PlacedObject | null, divisionId: string): PlacedObject {
  const { attributes = {} } = object ?? {};
  return { id: "", name: "", type: "", attributes, divisionId };
}

function known(ids: readonly (string | undefined)[]): readonly string[] {
  return ids.flatMap((id) => id ?? []);
}

function undocumented(caveat: Caveat, { settings }: CaveatQuestion): Refusal | null {
  return settings.undocumented === "strict" ? refuseBy(caveat) : null;
}

function refuseBy({ codes: [code = "not.authorized"] }: Caveat): Refusal {
  return refusal(403, code, "You are not authorized to perform the requested action.");
}
