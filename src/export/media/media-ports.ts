import type { Clock } from "../../core/clock.ts";
import type { Random } from "../../core/random.ts";
import type { Transport } from "../../http/transport/transport.ts";
import type { Wait } from "../../http/transport/wait.ts";
import type { Region } from "../../platform/region/region.ts";
import type { Guard } from "../files/guard.ts";

/** Everything that the download of a file depends on. */
export interface DownloadPorts {
  /** Sends requests without a token. */
  readonly transport: Transport;
  readonly region: Pick<Region, "apiUrl">;
  readonly clock: Clock;
  readonly random: Random;
  readonly signal: AbortSignal;
  /** Maximum total time for one file in milliseconds, not counting the transfer of its content. */
  readonly maxWaitMs: number;
  /** Hosts that have responded in this run. */
  readonly hostsSeen: Set<string>;
  /** Called before each block is written. */
  readonly guard: Guard;
  readonly onWait: (wait: Wait) => void;
}
