import type { BrowserOpener } from "../auth/pkce/browser.ts";
import type { CredentialStore, StoreKind } from "../auth/stores/credential-store.ts";
import type { Clock } from "../core/clock.ts";
import type { Io } from "../core/io.ts";
import type { Processes } from "../core/processes.ts";
import type { Prompter } from "../core/prompter.ts";
import type { Random } from "../core/random.ts";

/** The machine and the process, as far as a run of the program may touch them. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly io: Io;
  /** Aborted by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly random: Random;
  /** Called at the end: what would keep the process alive. */
  readonly cleanUps: (() => Promise<void>)[];
  /** Null where there is no terminal to ask at. */
  readonly prompter: () => Prompter | null;
  readonly processes: Processes;
  readonly platform: NodeJS.Platform;
  readonly architecture: string;
  /** The version of Node, without the leading `v`. */
  readonly node: string;
  /** The Node that runs helpers. */
  readonly nodePath: string;
  /** Null where files have no numeric owner. */
  readonly userId: number | null;
  readonly version: string;
  /** What relative paths are relative to. */
  readonly workingDirectory: string;
  /** The description of the package, `package.json`. */
  readonly packageFile: URL;
  /** In place of the system's browser. */
  readonly openBrowser?: BrowserOpener;
  /** In place of the keychain and the encrypted file. */
  readonly openStore?: (kind: StoreKind) => CredentialStore;
}
