import type { BrowserOpener } from "../auth/pkce/browser.ts";
import type { CredentialStore, StoreKind } from "../auth/stores/credential-store.ts";
import type { Pipes } from "../cli/context.ts";
import type { Clock } from "../core/clock.ts";
import type { Io } from "../core/io.ts";
import type { Processes } from "../core/processes.ts";
import type { Prompter } from "../core/prompter.ts";
import type { Random } from "../core/random.ts";

/** Access to the machine and the process for one run of the program. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly io: Io;
  /** Aborted by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly random: Random;
  /** Cleanup functions for anything that would otherwise keep the process alive. */
  readonly cleanUps: (() => Promise<void>)[];
  /** Returns the prompter; null when there is no terminal. */
  readonly prompter: () => Prompter | null;
  /**
   * Opens standard input and output as raw streams. Unlike `io`, they replace no control characters and hide no
   * secrets.
   */
  readonly openPipes: () => Pipes;
  readonly processes: Processes;
  readonly platform: NodeJS.Platform;
  readonly architecture: string;
  /** The version of Node, without the leading `v`. */
  readonly node: string;
  /** The Node executable for helper processes. */
  readonly nodePath: string;
  /** Numeric user id; null on systems without numeric file owners. */
  readonly userId: number | null;
  readonly version: string;
  /** Directory that relative paths start from. */
  readonly workingDirectory: string;
  /** Path of the package description, `package.json`. */
  readonly packageFile: URL;
  /** Replaces the system's browser. */
  readonly openBrowser?: BrowserOpener;
  /** Replaces the keychain and the encrypted file. */
  readonly openStore?: (kind: StoreKind) => CredentialStore;
}
