import { findLeastPrivilege, type LeastPrivilege } from "../least/least-privilege.ts";
import { describeNeed, type Need, optionsOf, type SingleNeed } from "../least/need.ts";
import { type LoginKind, loginKindOf } from "./login-kind.ts";
import { noteOmissions } from "./omissions.ts";

/** A need, the division of its objects, and the line of code or of a policy that it comes from. */
export type PlacedNeed = (PlacedSingle | PlacedAlternatives) & {
  readonly location: { readonly file: string; readonly line: number } | null;
};

type PlacedSingle = SingleNeed & InDivision;

interface PlacedAlternatives extends InDivision {
  readonly kind: "alternatives";
  readonly alternatives: readonly PlacedSingle[];
}

interface InDivision {
  /** Name or id of the division; null for every division. */
  readonly division: string | null;
}

/** A least-privilege role and the division in which to grant it. */
export interface PlacedRole {
  readonly name: string;
  /** Name or id of a division; null for every division. */
  readonly division: string | null;
  readonly least: LeastPrivilege;
}

/** The roles, scopes and notes for a list of needs. */
export interface Emission {
  /** One role per division, and at least one in total. A role may be empty. */
  readonly roles: readonly PlacedRole[];
  readonly login: LoginKind;
  /** Scopes for an OAuth client that users log in through. */
  readonly scopes: LeastPrivilege["scopes"];
  /** Sentences about needs that the roles leave out, and about doubts that they leave open. */
  readonly notes: readonly string[];
  /** Where code or a policy contains each need, such as `src/app.ts:12`, by the name of the need. */
  readonly places: ReadonlyMap<string, readonly string[]>;
}

export interface EmissionOptions {
  readonly name: string;
  /** Division for needs that do not name one; null for every division. */
  readonly division: string | null;
  /** Returns how many operations a permission allows; absent without a catalog. */
  readonly opens?: (permission: string) => number;
}

/**
 * Plans the least-privilege roles for a list of needs: one for every division, and one for each division that some
 * needs are limited to. Permissions that the role for every division grants are not repeated in the others.
 */
export function planEmission(needs: readonly PlacedNeed[], options: EmissionOptions): Emission {
  const groups = groupByDivision(needs, options.division);
  const everywhere = findLeastPrivilege(groups.get(null)?.needs ?? [], options);
  const held = new Set(everywhere.permissions.map(({ permission }) => permission));
  const placed = [...groups.values()].map(({ division, needs: own }) => ({
    division,
    least:
      division === null
        ? everywhere
        : without(
            held,
            findLeastPrivilege(
              own.filter((need) => !isMet(need, held)),
              options,
            ),
          ),
  }));
  const filled = placed.filter(({ least }) => least.permissions.length > 0);
  const roles = filled.length > 0 ? filled : [{ division: options.division, least: everywhere }];
  const flat = [...groups.values()].flatMap((group) => group.needs);
  return {
    roles: roles.map(({ division, least }) => ({
      name: roles.length === 1 ? options.name : `${options.name}, ${division ?? "every division"}`,
      division,
      least,
    })),
    login: loginKindOf(flat),
    scopes: findLeastPrivilege(flat, options).scopes,
    notes: noteOmissions(
      flat,
      placed.map(({ least }) => least),
    ),
    places: placesOf(needs),
  };
}

interface Group {
  readonly division: string | null;
  readonly needs: Need[];
}

/** Groups needs by division. The needs for every division come first. Division names match regardless of case. */
function groupByDivision(
  needs: readonly PlacedNeed[],
  fallback: string | null,
): ReadonlyMap<string | null, Group> {
  const groups = new Map<string | null, Group>([[null, { division: null, needs: [] }]]);
  for (const need of needs) {
    const first = need.kind === "alternatives" ? (need.alternatives[0] ?? need) : need;
    const division = divisionOf(first, need.division ?? fallback);
    const key = division?.toLowerCase() ?? null;
    const group = groups.get(key) ?? { division, needs: [] };
    groups.set(key, group);
    group.needs.push(need.kind === "alternatives" ? inOneDivision(need, key, fallback) : need);
  }
  return groups;
}

/**
 * Keeps only the alternatives in one division, because a role granted in another division does not satisfy the
 * need.
 */
function inOneDivision(need: PlacedAlternatives, key: string | null, fallback: string | null): Need {
  const alternatives = need.alternatives.filter(
    (each) => (divisionOf(each, need.division ?? fallback)?.toLowerCase() ?? null) === key,
  );
  return { kind: "alternatives", alternatives };
}

function divisionOf({ division }: InDivision, fallback: string | null): string | null {
  const own = division ?? fallback;
  return own === "*" ? null : own;
}

function isMet(need: Need, held: ReadonlySet<string>): boolean {
  const options = optionsOf(need);
  return options.some((option) => option.length > 0 && option.every((permission) => held.has(permission)));
}

function without(held: ReadonlySet<string>, least: LeastPrivilege): LeastPrivilege {
  return { ...least, permissions: least.permissions.filter(({ permission }) => !held.has(permission)) };
}

function placesOf(needs: readonly PlacedNeed[]): ReadonlyMap<string, readonly string[]> {
  const places = new Map<string, string[]>();
  for (const need of needs) {
    if (need.location === null) continue;
    const name = describeNeed(need);
    places.set(name, [...(places.get(name) ?? []), `${need.location.file}:${need.location.line}`]);
  }
  return places;
}
