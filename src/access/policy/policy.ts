import type { AlternativesNeed, OperationNeed, PermissionNeed } from "../least/need.ts";
import type { Location } from "./position.ts";

/** What every line of a policy may say about itself. */
interface PolicyLine {
  /** Name or id of the division of the objects it is about; null: the environment's or the service's. */
  readonly division: string | null;
  readonly note: string | null;
  readonly location: Location;
}

export interface PolicyOperation extends OperationNeed, PolicyLine {
  /** As the file spells it, possibly with real ids in the path. */
  readonly name: string;
  /** Why the operation may not be the one that was meant; null when there is no doubt. */
  readonly caution: string | null;
}

export interface PolicyPermission extends PermissionNeed, PolicyLine {}

/** Several lines of which one suffices. */
export interface PolicyAlternatives extends AlternativesNeed, PolicyLine {
  readonly alternatives: readonly (PolicyOperation | PolicyPermission)[];
}

export type PolicyItem = PolicyOperation | PolicyPermission | PolicyAlternatives;

/** A text of the file with its place, for errors that name the line. */
export interface PolicyText {
  readonly value: string;
  readonly location: Location;
}

/** What differs, and what is added, where a service runs. */
export interface PolicyEnvironment {
  readonly name: string;
  readonly location: Location;
  readonly profile: PolicyText | null;
  /** Confirms the host that the user chose; never chooses one. */
  readonly region: PolicyText | null;
  readonly division: string | null;
  readonly items: readonly PolicyItem[];
  /** Null: as the service says. */
  readonly isMaximum: boolean | null;
}

/** What one service, job or script needs. */
export interface PolicyService {
  readonly name: string;
  readonly description: string | null;
  readonly location: Location;
  readonly division: string | null;
  readonly items: readonly PolicyItem[];
  /** Least privilege: its token must hold nothing beyond this. */
  readonly isMaximum: boolean;
  /** Empty: it is the same everywhere. */
  readonly environments: readonly PolicyEnvironment[];
}

/** A policy file, checked: every operation and permission in it exists. */
export interface Policy {
  readonly file: string;
  readonly services: readonly PolicyService[];
}
