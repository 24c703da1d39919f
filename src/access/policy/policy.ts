import type { AlternativesNeed, OperationNeed, PermissionNeed } from "../least/need.ts";
import type { Location } from "./position.ts";

/** Fields that every entry of a policy can have. */
interface PolicyLine {
  /** Name or id of the objects' division; null to use the environment's or the service's division. */
  readonly division: string | null;
  readonly note: string | null;
  readonly location: Location;
}

export interface PolicyOperation extends OperationNeed, PolicyLine {
  /** The operation as written in the file, possibly with real ids in the path. */
  readonly name: string;
  /** Why the name may not mean this operation; null when it certainly does. */
  readonly caution: string | null;
}

export interface PolicyPermission extends PermissionNeed, PolicyLine {}

/** A list of entries, one of which must be satisfied. */
export interface PolicyAlternatives extends AlternativesNeed, PolicyLine {
  readonly alternatives: readonly (PolicyOperation | PolicyPermission)[];
}

export type PolicyItem = PolicyOperation | PolicyPermission | PolicyAlternatives;

/** A string with its position in the file, for errors with a line number. */
export interface PolicyText {
  readonly value: string;
  readonly location: Location;
}

/** What one environment of a service changes or adds. */
export interface PolicyEnvironment {
  readonly name: string;
  readonly location: Location;
  readonly profile: PolicyText | null;
  /** The host that the user must have chosen. A policy can confirm a host but never choose one. */
  readonly region: PolicyText | null;
  readonly division: string | null;
  readonly items: readonly PolicyItem[];
  /** Overrides the same field of the service; null to keep the value of the service. */
  readonly isMaximum: boolean | null;
}

/** What one service, job or script requires. */
export interface PolicyService {
  readonly name: string;
  readonly description: string | null;
  readonly location: Location;
  readonly division: string | null;
  readonly items: readonly PolicyItem[];
  /** Whether the service's token must hold nothing beyond these needs (least privilege). */
  readonly isMaximum: boolean;
  /** Environments with differences; empty when the service is the same everywhere. */
  readonly environments: readonly PolicyEnvironment[];
}

/** A policy file that was checked: it contains only operations and permissions that exist. */
export interface Policy {
  readonly file: string;
  readonly services: readonly PolicyService[];
}
