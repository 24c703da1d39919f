import type { AlternativesNeed, OperationNeed, PermissionNeed } from "../least/need.ts";
import type { Location } from "./position.ts";

/** The fields that every entry of a policy may have. */
interface PolicyLine {
  /** Name or id of the objects' division; null to use the environment's or the service's division. */
  readonly division: string | null;
  readonly note: string | null;
  readonly location: Location;
}

export interface PolicyOperation extends OperationNeed, PolicyLine {
  /** The name as written in the file, possibly with real ids in the path. */
  readonly name: string;
  /** The reason to doubt that this operation is meant; null without doubt. */
  readonly caution: string | null;
}

export interface PolicyPermission extends PermissionNeed, PolicyLine {}

/** Several entries; satisfying one suffices. */
export interface PolicyAlternatives extends AlternativesNeed, PolicyLine {
  readonly alternatives: readonly (PolicyOperation | PolicyPermission)[];
}

export type PolicyItem = PolicyOperation | PolicyPermission | PolicyAlternatives;

/** A string with its position in the file, for errors with a line number. */
export interface PolicyText {
  readonly value: string;
  readonly location: Location;
}

/** The differences and additions for one environment of a service. */
export interface PolicyEnvironment {
  readonly name: string;
  readonly location: Location;
  readonly profile: PolicyText | null;
  /** Confirms the host that the user chose; never chooses one. */
  readonly region: PolicyText | null;
  readonly division: string | null;
  readonly items: readonly PolicyItem[];
  /** Null for the service's own value. */
  readonly isMaximum: boolean | null;
}

/** The needs of one service, job or script. */
export interface PolicyService {
  readonly name: string;
  readonly description: string | null;
  readonly location: Location;
  readonly division: string | null;
  readonly items: readonly PolicyItem[];
  /** Whether its token may hold nothing beyond these needs (least privilege). */
  readonly isMaximum: boolean;
  /** Empty when the service is the same everywhere. */
  readonly environments: readonly PolicyEnvironment[];
}

/** A checked policy file: every operation and permission in it exists. */
export interface Policy {
  readonly file: string;
  readonly services: readonly PolicyService[];
}
