import type { PermissionMode } from "../../catalogue/facts/operation.ts";
import { appendAll } from "../../core/lists/append-all.ts";
import type { Principal } from "../../platform/reading/principal.ts";
import { holdingOf } from "../verdict/holding-of.ts";
import type { Doubt, Holding, HoldingState } from "../verdict/holdings.ts";
import { type LayerResult, pass, refuse, unreadableEvidence } from "../verdict/layer-result.ts";
import type { Evidence, Layer, VerdictName } from "../verdict/verdict.ts";
import {
  allOf,
  anyOf,
  describeGrant,
  describeHolder,
  describeSubject,
  inWords,
  isOther,
} from "../verdict/wording.ts";
import { coverJointly, sharedDivisionEvidence } from "./joint-divisions.ts";
import { nearMisses } from "./near-miss.ts";

/** The verdict and the deciding layer for each way to hold a permission. */
const MEANING: Readonly<Record<HoldingState, { readonly verdict: VerdictName; readonly layer: Layer }>> = {
  held: { verdict: "allowed", layer: "permission" },
  "some-divisions": { verdict: "conditional", layer: "division" },
  condition: { verdict: "conditional", layer: "condition" },
  unknown: { verdict: "unknown", layer: "permission" },
  "other-divisions": { verdict: "denied", layer: "division" },
  absent: { verdict: "denied", layer: "permission" },
  unowned: { verdict: "denied", layer: "product" },
};

const UNPUBLISHED: Evidence = {
  kind: "note",
  summary:
    "the permissions it needs are unknown; once they are published, `genscope catalog update` fetches them",
};

/**
 * States from best to worst for the caller. Mode ANY uses the best state of the permissions, mode ALL the worst.
 */
const BEST_FIRST: readonly HoldingState[] = [
  "held",
  "some-divisions",
  "condition",
  "unknown",
  "other-divisions",
  "absent",
  "unowned",
];

/**
 * Checks the permissions that an operation lists, the divisions in which they are held, and their role
 * conditions.
 * @param divisionId id of the object's division. If it is null (unknown), the permissions must be held
 * everywhere.
 */
export function checkPermissions(
  principal: Principal,
  mode: PermissionMode,
  permissions: readonly string[],
  divisionId: string | null,
): LayerResult {
  if (mode === "UNKNOWN") {
    return refuse("permission", "unknown", [UNPUBLISHED], { afterSuccess: "divisions-open" });
  }
  if (mode === "NONE" || permissions.length === 0) return pass("permission");
  const holdings = permissions.map((permission) => holdingOf(principal, permission, divisionId));
  const ranked = holdings.toSorted((a, b) => BEST_FIRST.indexOf(a.state) - BEST_FIRST.indexOf(b.state));
  const decisive = mode === "ANY" ? ranked[0] : ranked.at(-1);
  if (decisive === undefined) return pass("permission");
  const { verdict, layer } =
    mode === "ANY" && decisive.state === "some-divisions" && coverJointly(holdings, principal)
      ? MEANING.held
      : MEANING[decisive.state];
  const evidence = [
    ...holdings.filter(isHeldSomehow).map(grantEvidence),
    ...holdings.flatMap(answerEvidence),
    ...(verdict === "allowed" ? [] : objections(principal, mode, holdings, divisionId)),
  ];
  if (verdict === "allowed") return pass(layer, ...evidence);
  // In mode ANY, the permissions at the deciding layer are enough. In mode ALL, every missing one is needed.
  const wanting = mode === "ANY" ? holdings.filter(({ state }) => MEANING[state].layer === layer) : holdings;
  const isLacking = ({ state }: Holding) => state === "absent" || state === "unowned";
  const isElsewhere = wanting.some(({ state }) => state === "other-divisions");
  return refuse(layer, verdict, evidence, {
    // A permission that could not be read may be held, so only a denied verdict reports permissions as missing.
    permissions: verdict === "denied" ? wanting.filter(isLacking).map(({ permission }) => permission) : [],
    divisions: isElsewhere && divisionId !== null ? [divisionId] : [],
    afterSuccess: layer === "permission" ? "divisions-open" : layer === "product" ? "settled" : "open",
  });
}

/**
 * Raises a doubt when only a grant from the last minute allows the call, because the service takes up to a
 * minute to apply a new grant.
 */
export function checkRecency(
  principal: Principal,
  mode: PermissionMode,
  permissions: readonly string[],
  divisionId: string | null,
): LayerResult {
  const settled = principal.grants?.filter(({ isRecent }) => !isRecent) ?? null;
  if (settled === null || settled.length === principal.grants?.length) return pass("permission");
  const before = checkPermissions({ ...principal, grants: settled }, mode, permissions, divisionId).verdict;
  const now = checkPermissions(principal, mode, permissions, divisionId).verdict;
  if (now !== "allowed" || before === "allowed") return pass("permission");
  const summary =
    "the grant that allows this is less than a minute old, and the service may take a minute to act on it";
  return refuse("permission", "conditional", [{ kind: "recent", summary }]);
}

function isHeldSomehow({ grants, conditionalGrants }: Holding): boolean {
  return grants.length > 0 || conditionalGrants.length > 0;
}

function grantEvidence({ permission, grants, conditionalGrants }: Holding): Evidence {
  const parts = [
    ...grants.map(describeGrant),
    ...conditionalGrants.map((grant) => `${describeGrant(grant)} (under a condition)`),
  ];
  return {
    kind: "grant",
    summary: `\`${permission}\` is held by ${inWords(parts)}`,
    permission,
    grants: [...grants, ...conditionalGrants].map(({ role, division }) => ({
      role: { id: role.id, name: role.name },
      division,
    })),
  };
}

/** Describes the API's response about a single permission. Used when the grants could not be read. */
function answerEvidence({ permission, answer }: Holding): readonly Evidence[] {
  return answer === undefined ? [] : [{ kind: "grant", summary: answer, permission }];
}

function objections(
  principal: Principal,
  mode: PermissionMode,
  holdings: readonly Holding[],
  divisionId: string | null,
): readonly Evidence[] {
  const evidence: Evidence[] = [];
  const of = (state: HoldingState) => holdings.filter((holding) => holding.state === state);
  const names = (some: readonly Holding[]) => some.map(({ permission }) => permission);
  const absent = of("absent");
  if (absent.length > 0) {
    evidence.push({
      kind: "grant",
      summary: `no role of ${describeHolder(principal)} holds ${anyOf(names(absent))}`,
      permissions: names(absent),
    });
  }
  const unowned = of("unowned");
  if (unowned.length > 0) {
    evidence.push({
      kind: "product",
      summary: `${allOf(names(unowned))} ${unowned.length === 1 ? "is" : "are"} not in this organization's permission catalog: the organization does not own the product or feature, or has not enabled it, so no role helps`,
      permissions: names(unowned),
    });
  }
  appendAll(evidence, doubts(principal, of("unknown")));
  if (of("some-divisions").length > 0) {
    if (divisionId === null) {
      evidence.push({
        kind: "note",
        summary:
          "the service refuses access to objects in other divisions and omits them from lists; check one with `--division`",
      });
    }
    if (mode === "ALL") appendAll(evidence, sharedDivisionEvidence(holdings, principal));
  }
  const uncertain = [...of("some-divisions"), ...of("condition")].filter(({ doubt }) => doubt !== null);
  appendAll(evidence, doubts(principal, uncertain));
  if (of("condition").some(({ doubt }) => doubt === null)) {
    evidence.push({
      kind: "condition",
      summary: "a role condition decides per object; genscope cannot evaluate it",
    });
  }
  return [...evidence, ...nearMisses(principal, holdings, divisionId)];
}

/** Lists the permissions whose state is unknown, one line per reason. */
function doubts(principal: Principal, holdings: readonly Holding[]): readonly Evidence[] {
  const reasons = new Set(holdings.map(({ doubt }) => doubt?.reason));
  return [...reasons].map((wanted) => {
    const alike = holdings.filter(({ doubt }) => doubt?.reason === wanted);
    const permissions = alike.map(({ permission }) => permission);
    const { unread = null, reason = "unknown" } = alike[0]?.doubt ?? {};
    const question =
      alike[0]?.state === "condition"
        ? `whether a role condition limits ${anyOf(permissions)}`
        : `whether ${isOther(principal) ? describeSubject(principal) : "the token"} holds ${anyOf(permissions)}`;
    return unread === null
      ? { kind: "unreadable", summary: `${allOf(permissions)}: ${reason}`, about: permissions }
      : {
          ...unreadableEvidence(principal, unread, `${question} is unknown: ${UNREAD[unread]}`),
          about: permissions,
        };
  });
}

/** The name of each unread fact, for use in a sentence. */
const UNREAD: Readonly<Record<NonNullable<Doubt["unread"]>, string>> = {
  grants: "the grants",
  roles: "the roles, the only source of legacy names,",
  "permission catalogue": "the permission catalogue",
};
