import { ARCHITECT_KINDS } from "./architect-kinds.ts";
import { type ConfiguredListing, DESCRIBED, type Describe } from "./configured-kind.ts";
import { ORGANIZATION_KINDS } from "./organization-kinds.ts";
import { OUTBOUND_KINDS } from "./outbound-kinds.ts";
import { TELEPHONY_KINDS } from "./telephony-kinds.ts";

const KINDS = { ...ORGANIZATION_KINDS, ...ARCHITECT_KINDS, ...OUTBOUND_KINDS, ...TELEPHONY_KINDS };

/** Kinds of objects that administrators configure, with a listing by page number. */
export type ListedKind = keyof typeof KINDS;

/** Returns every kind with its listing. */
export function configuredListings(): readonly (readonly [ListedKind, ConfiguredListing])[] {
  return Object.entries(KINDS) as [ListedKind, ConfiguredListing][];
}

/** Returns the function that creates the fields of an object of this kind. */
export function describerOf(kind: ListedKind): Describe {
  const { describe = DESCRIBED }: ConfiguredListing = KINDS[kind];
  return describe;
}
