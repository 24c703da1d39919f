import type { ReachedDivisions, RequiredPermissions } from "../../analytics/narrowing.ts";
import type { Clock } from "../../core/clock.ts";
import type { Processes } from "../../core/processes.ts";
import type { Random } from "../../core/random.ts";
import type { Transport } from "../../http/transport/transport.ts";
import type { Api } from "../../platform/api/api.ts";
import type { ExportListener } from "./export-listener.ts";

/** The ports through which an export reads, waits and reports. */
export interface ExportPorts {
  readonly api: Api;
  readonly clock: Clock;
  readonly random: Random;
  readonly processes: Processes;
  readonly signal: AbortSignal;
  /** Writes bytes to standard output, for an export to that destination. */
  readonly write: (bytes: Uint8Array) => Promise<void>;
  readonly listener: ExportListener;
  /** Opens the transport for signed URLs on foreign hosts. It sends no token. */
  readonly openDownloads: () => Promise<Transport>;
  /**
   * Starts looking up the divisions that the token can see, in parallel with the export. Called once the parts are
   * planned.
   */
  readonly lookUpReach: () => ReachLookUp;
}

export interface ReachLookUp {
  /** Returns the result. Waits only briefly: the divisions are null when they are unknown by then. Never throws. */
  finish(): Promise<ExportReach>;
}

/** The permissions of an export and the divisions in which they are held. */
export interface ExportReach extends RequiredPermissions {
  readonly divisions: ReachedDivisions;
}
