import type { FileLogin } from "../../../auth/settings/file-login.ts";
import type { Setting } from "../../../auth/settings/settings.ts";
import type { Catalogue } from "../../../catalogue/facts/catalogue.ts";
import type { ScanFinding } from "../../../catalogue/scan/judge/finding.ts";
import type { Clock } from "../../../core/clock.ts";
import type { Random } from "../../../core/random.ts";
import type { Connection } from "../../context.ts";
import type { EmitKind } from "./result.ts";
import type { Subject } from "./subject.ts";

/** What to check, validated. */
export interface CheckRequest {
  /** Names in any of the ways the catalogue knows. */
  readonly operations: readonly string[];
  readonly permissions: readonly string[];
  readonly policy: {
    readonly file: string;
    readonly service: string | null;
    readonly environment: string | null;
  } | null;
  /** Files and directories of source code. */
  readonly scan: readonly string[];
  /** Where to write a policy for what was found. */
  readonly writePolicy: string | null;
  /** Name or id. */
  readonly division: string | null;
  readonly isLive: boolean;
  readonly isOffline: boolean;
  /** Fail when the token holds more than what is checked. */
  readonly isMaximum: boolean;
  readonly emit: EmitKind | null;
  /** Another profile to compare with. */
  readonly diff: string | null;
  readonly isRequested: boolean;
  /** How long to wait for a grant to take effect; null: not at all. */
  readonly waitMs: number | null;
}

export interface CheckDependencies {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** The catalogue of the host in use; `profile` finds what a policy names, and is called only where it matters. */
  catalogue(profile: () => Promise<Setting<string> | null>): Promise<Catalogue>;
  catalogueOf(apiUrl: string): Promise<Catalogue>;
  readTextFile(path: string): Promise<string>;
  interruptibly<Result>(work: () => Result): Promise<Result>;
  readonly random: Random;
  /** With the credentials that the user chose, at a host that the policy confirms. */
  connect(policy: FileLogin): Promise<Pick<Connection, "api">>;
  /** With the login of another profile, at its own host. */
  connectAs(profile: string): Promise<Pick<Connection, "api">>;
  /** Something to tell while it goes on. */
  tell(text: string): Promise<void>;
}

/** What is checked, and which login a policy asks for. */
export interface Chosen {
  readonly subjects: readonly Subject[];
  readonly isMaximum: boolean;
  readonly login: FileLogin;
  /** Of a scan; null without one. */
  readonly findings: readonly ScanFinding[] | null;
}

/** The catalogue of one host, and what was found in it. */
export interface Prepared {
  readonly catalogue: Catalogue;
  readonly chosen: Chosen;
}
