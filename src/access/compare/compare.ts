import type { Principal } from "../../platform/reading/principal.ts";
import { LAYERS } from "../layers.ts";
import type { HoldingState } from "../verdict/holdings.ts";
import type { Evidence, Layer, VerdictName } from "../verdict/verdict.ts";
import type { ComparedResult, Comparison, Difference } from "./comparison.ts";
import { type Aspects, describeAspects } from "./describe-aspects.ts";
import { describeHeld } from "./describe-held.ts";

/** One of two compared principals. */
export interface Side {
  /** Name of the profile. */
  readonly name: string;
  readonly principal: Principal;
  readonly region: string;
  /** Id of the division to check in this organization; null when it is unknown. */
  readonly divisionId: string | null;
}

/** One check, with the verdict for each principal. */
export interface ComparedItem {
  readonly name: string;
  /** The permissions that the requirement lists. */
  readonly permissions: readonly string[];
  readonly here: ComparedVerdict;
  readonly there: ComparedVerdict;
}

interface ComparedVerdict {
  readonly verdict: VerdictName;
  readonly layer: Layer;
  readonly evidence: readonly Evidence[];
}

const LACKING: readonly HoldingState[] = ["absent", "unowned"];

/**
 * Compares two principals to explain "works in dev, 403 in prod". Returns the differences that could affect a check,
 * each with the checks whose verdicts differ because of it.
 */
export function comparePrincipals(here: Side, there: Side, items: readonly ComparedItem[]): Comparison {
  const results = items.map(compareResult);
  const differing = items.filter((_item, index) => results[index]?.isSame === false);
  const differences = [
    ...compareAspects(here, there, differing),
    ...comparePermissions(here, there, items, differing),
  ];
  return {
    here: here.name,
    there: there.name,
    differences: [
      ...differences.filter(({ decides }) => decides.length > 0),
      ...differences.filter(({ decides }) => decides.length === 0),
    ],
    results,
  };
}

function compareResult({ name, here, there }: ComparedItem): ComparedResult {
  return {
    name,
    here: { verdict: here.verdict, layer: here.layer },
    there: { verdict: there.verdict, layer: there.layer },
    isSame: here.verdict === there.verdict && here.layer === there.layer,
  };
}

function compareAspects(here: Side, there: Side, differing: readonly ComparedItem[]): readonly Difference[] {
  const ours = describeAspects(here.principal, here.region);
  const theirs = describeAspects(there.principal, there.region);
  return (Object.keys(ours) as (keyof Aspects)[])
    .filter((aspect) => ours[aspect] !== theirs[aspect])
    .map((aspect) => ({
      aspect,
      permission: null,
      here: ours[aspect],
      there: theirs[aspect],
      decides: differing.filter((item) => explains(aspect, item)).map(({ name }) => name),
    }));
}

function explains(aspect: keyof Aspects, { here, there }: ComparedItem): boolean {
  return [here, there].some(
    ({ verdict, layer, evidence }) =>
      LAYERS[layer].aspects.includes(aspect) ||
      // A fact that could not be read cannot be the reason for a refusal.
      (aspect === "unreadable" && verdict !== "denied" && evidence.some(({ kind }) => kind === "unreadable")),
  );
}

function comparePermissions(
  here: Side,
  there: Side,
  items: readonly ComparedItem[],
  differing: readonly ComparedItem[],
): readonly Difference[] {
  const permissions = new Set(items.flatMap((item) => item.permissions));
  return [...permissions].flatMap((permission) => {
    const ours = describeHeld(here.principal, permission, here.divisionId);
    const theirs = describeHeld(there.principal, permission, there.divisionId);
    if (ours.summary === theirs.summary) return [];
    const isLacking = LACKING.includes(ours.state) && LACKING.includes(theirs.state);
    const decides = differing.filter(
      (item) =>
        ours.state !== theirs.state &&
        item.permissions.includes(permission) &&
        [item.here, item.there].some(({ layer }) => LAYERS[layer].aspects.includes("permission")) &&
        // If both principals lack the permission, that does not explain why only one of them passes.
        (!isLacking || [item.here, item.there].every(({ verdict }) => verdict === "denied")),
    );
    return [
      {
        aspect: "permission" as const,
        permission,
        here: ours.summary,
        there: theirs.summary,
        decides: decides.map(({ name }) => name),
      },
    ];
  });
}
