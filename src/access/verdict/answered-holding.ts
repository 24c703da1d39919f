import type { Division, Principal, UserPermissions } from "../../platform/reading/principal.ts";
import {
  coverEveryDivision,
  covers,
  type Doubt,
  type Holding,
  type PermissionParts,
  reaches,
} from "./holdings.ts";

type Answered = Pick<Holding, "state" | "doubt" | "answer">;

/** A user's permission list, reduced to one permission. */
interface Naming {
  readonly isNamed: boolean;
  /** Whether every policy that grants the permission is unconditional. False when the policies could not be read. */
  readonly isUnconditional: boolean;
}

/**
 * Returns how a permission is held when the principal's grants could not be read, based on API responses about
 * single permissions. The result is unknown when the responses contradict each other, and null when there are
 * none.
 */
export function answeredHolding(
  principal: Principal,
  permission: string,
  parts: PermissionParts,
  divisionId: string | null,
): Answered | null {
  const { answers, ownedPermissions, divisions } = principal;
  const named = answers?.ofUser ? namingOf(answers.ofUser, parts) : null;
  const permitted = answers?.permitted.get(permission) ?? null;
  if (permitted === null && named === null) return null;
  const owned = ownedPermissions?.get(permission) ?? null;
  const isAware = owned?.isDivisionAware ?? null;
  const isPermitted = permitted === null ? null : permitted === "*" || permitted.length > 0;
  if (named !== null && isPermitted !== null && named.isNamed !== isPermitted) {
    return unknown("the service's responses about it contradict each other");
  }
  if (named?.isNamed === false) {
    return absent(`\`users/me\` does not list \`${permission}\` among the user's permissions`);
  }
  if (isPermitted === false) {
    // It is undocumented whether the service lists divisions for a permission that divisions do not restrict.
    return isAware === true
      ? absent(`the service permits \`${permission}\` in no division`)
      : unknown(
          "the service permits it in no division, and whether divisions restrict this permission is unknown",
        );
  }
  const answer = describe(permission, permitted);
  if (ownedPermissions === null) {
    const reason =
      "the organization's permission catalog could not be read, so whether it owns this permission is unknown";
    return { ...unknown(reason, "permission catalogue"), answer };
  }
  const place = placeOf(permitted, isAware, divisions, divisionId);
  if (place.state !== "held") return { ...place, answer };
  // The result is conditional even if the permission allows no conditions, because a wildcard policy may have
  // one.
  return named?.isUnconditional === true
    ? { ...place, answer }
    : {
        state: "condition",
        doubt: { unread: "grants", reason: "whether a role condition limits it could not be read" },
        answer,
      };
}

/**
 * Looks for a permission among the names and policies of a user. The fourth part of a name is a division and is
 * ignored.
 */
function namingOf({ names, policies }: UserPermissions, parts: PermissionParts): Naming {
  const covering = policies?.filter((policy) => covers(policy, parts)) ?? [];
  const isListed = names.some((name) => {
    const [domain = "", entity = "", action] = name.split(":");
    return action !== undefined && covers({ domain, entity, actions: [action], condition: null }, parts);
  });
  return {
    isNamed: isListed || covering.length > 0,
    isUnconditional: covering.length > 0 && covering.every(({ condition }) => condition === null),
  };
}

function placeOf(
  permitted: readonly Division[] | "*" | null,
  isAware: boolean | null,
  divisions: readonly Division[] | null,
  divisionId: string | null,
): Answered {
  if (isAware === false || permitted === "*") return { state: "held", doubt: null };
  if (permitted === null) {
    return { state: "some-divisions", doubt: doubtOf("the divisions in which it is held could not be read") };
  }
  const places = permitted.map((division) => ({ division }));
  if (divisionId === null) {
    return { state: coverEveryDivision(places, divisions) ? "held" : "some-divisions", doubt: null };
  }
  if (places.some((place) => reaches(place, divisionId))) return { state: "held", doubt: null };
  return isAware === null
    ? unknown("it is unknown whether divisions restrict this permission")
    : { state: "other-divisions", doubt: null };
}

function describe(permission: string, permitted: readonly Division[] | "*" | null): string {
  if (permitted === null) return `\`users/me\` lists \`${permission}\` among the user's permissions`;
  const places =
    permitted === "*"
      ? "every division"
      : permitted.map(({ id, name }) => `division "${name ?? id}"`).join(", ");
  return `the service permits \`${permission}\` in ${places}`;
}

function absent(answer: string): Answered {
  return { state: "absent", doubt: null, answer };
}

function unknown(reason: string, unread: Doubt["unread"] = null): Answered {
  return { state: "unknown", doubt: { unread, reason } };
}

function doubtOf(reason: string): Doubt {
  return { unread: null, reason };
}
