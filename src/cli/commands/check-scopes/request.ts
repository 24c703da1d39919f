import type { FileLogin } from "../../../auth/settings/file-login.ts";
import type { Setting } from "../../../auth/settings/settings.ts";
import type { Catalogue } from "../../../catalogue/facts/catalogue.ts";
import type { ScanFinding } from "../../../catalogue/scan/judge/finding.ts";
import type { Clock } from "../../../core/clock.ts";
import type { Io } from "../../../core/io.ts";
import type { Random } from "../../../core/random.ts";
import type { IdentityNames } from "../../../platform/clients/other-identity.ts";
import type { Connection } from "../../context.ts";
import type { EmitKind } from "./result.ts";
import type { CheckSubject } from "./subject.ts";

/** The validated request of a check. */
export interface CheckRequest {
  /** Names of operations, in any form that the catalog recognizes. */
  readonly operations: readonly string[];
  readonly permissions: readonly string[];
  readonly policy: {
    readonly file: string;
    readonly service: string | null;
    readonly environment: string | null;
  } | null;
  /** Files and directories of source code. */
  readonly scan: readonly string[];
  /** The policy file to write for the findings. */
  readonly writePolicy: string | null;
  /** Whether the policy file may overwrite an existing file. */
  readonly isForced: boolean;
  /** Whether a written policy or role includes the calls of test files. */
  readonly withTests: boolean;
  /** The identity to check, by name or id; null for the token in use. */
  readonly identity: IdentityNames | null;
  /** Name or id of the division. */
  readonly division: string | null;
  readonly isLive: boolean;
  readonly isOffline: boolean;
  /** Day to check for, `2026-03-01`; null for today. */
  readonly asOf: string | null;
  /** How far back to read the audits of the token; null for no history. */
  readonly historyMs: number | null;
  /** Whether to fail when the token holds more than the checks need. */
  readonly isMaximum: boolean;
  readonly emit: EmitKind | null;
  /** Another profile to compare with. */
  readonly diff: string | null;
  readonly isRequested: boolean;
  /** The time to wait for a grant to take effect; null to check only once. */
  readonly waitMs: number | null;
}

/** A connection to the service with the login in use. */
export type CheckConnection = Pick<Connection, "api" | "session">;

export interface CheckDependencies {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /**
   * Opens the catalog of the host in use. `profile` finds the profile that a policy specifies; it is called
   * only if the profile can change the choice.
   */
  catalogue(profile: () => Promise<Setting<string> | null>): Promise<Catalogue>;
  catalogueOf(apiUrl: string): Promise<Catalogue>;
  readTextFile(path: string): Promise<string>;
  interruptibly<Result>(work: () => Result): Promise<Result>;
  readonly random: Random;
  /** Numeric user id; null on systems without numeric file owners. */
  readonly userId: number | null;
  /** Connects with the credentials that the user chose, to a host that the policy confirms. */
  connect(policy: FileLogin): Promise<CheckConnection>;
  /** Connects with the login of another profile, to that profile's host. */
  connectAs(profile: string): Promise<CheckConnection>;
  /** Prints a line for the user. */
  writeNote(text: string): Promise<void>;
  /** The streams that show the progress of long work. */
  readonly io: Io;
  /** Whether progress is hidden. */
  readonly quiet: boolean | undefined;
}

/** The subjects of a check, and the login that a policy requests. */
export interface Chosen {
  readonly subjects: readonly CheckSubject[];
  readonly isMaximum: boolean;
  readonly login: FileLogin;
  /** Findings of a scan; null without a scan. */
  readonly findings: readonly ScanFinding[] | null;
  /** Calls in scanned code that a written policy or role omits, as sentences. */
  readonly omissions: readonly string[];
}

/** The catalog of one host, and the subjects found in it. */
export interface Prepared {
  readonly catalogue: Catalogue;
  readonly chosen: Chosen;
}
