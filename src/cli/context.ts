import type { LoginStorage } from "../auth/profiles/login-storage.ts";
import type { Session } from "../auth/session/session.ts";
import type { FileLogin } from "../auth/settings/file-login.ts";
import type { Settings } from "../auth/settings/settings.ts";
import type { Clock } from "../core/clock.ts";
import type { ExitCode } from "../core/exit-codes.ts";
import type { Io } from "../core/io.ts";
import type { Processes } from "../core/processes.ts";
import type { Prompter } from "../core/prompter.ts";
import type { Random } from "../core/random.ts";
import type { Transport } from "../http/transport.ts";
import type { Wait } from "../http/wait.ts";
import type { Api } from "../platform/api.ts";
import type { Region } from "../platform/region.ts";
import type { DoctorPorts } from "./doctor/ports.ts";

/** The flags every command takes. */
export interface GlobalOptions {
  readonly profile?: string | undefined;
  readonly region?: string | undefined;
  readonly json?: boolean | undefined;
  readonly quiet?: boolean | undefined;
  readonly verbose?: boolean | undefined;
  readonly color?: boolean | undefined;
  readonly input?: boolean | undefined;
  readonly timeout?: string | undefined;
  readonly caCert?: string | undefined;
}

/** The flags that decide which service is used and as whom, beside what a file in the work tree says about it. */
export interface ConnectOptions extends GlobalOptions {
  readonly fileLogin?: FileLogin | undefined;
}

/** How long one request may take in all, and who is told of the waits in it. */
export interface Patience {
  readonly maxWaitMs: number;
  readonly onWait?: (wait: Wait) => void;
}

/** The service as one command sees it: where it is, with what token, and how to ask. */
export interface Connection {
  readonly settings: Settings;
  readonly session: Session;
  /** The API with this session's token. */
  readonly api: Api;
}

/** A running embedded sandbox, as far as commands need to know it. */
export interface RunningSandbox {
  readonly url: string;
  readonly scenario: string;
  readonly description: string;
  readonly client: {
    readonly id: string;
    readonly secret: string;
    readonly name: string;
    readonly grantType: string;
  };
  readonly accessToken: string | null;
  readonly operation: string;
  /** An administrator's change, applied at once. */
  act(action: unknown): unknown;
  close(): Promise<void>;
}

/**
 * What the composition root hands to every command. The functions are lazy: nothing is imported, read or
 * connected before a command asks.
 */
export interface Context {
  readonly io: Io;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Of genscope. */
  readonly version: string;
  readonly workingDirectory: string;
  readonly clock: Clock;
  readonly random: Random;
  /** Aborted by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
  readonly processes: Processes;
  /** Owner of this user's files; null where files have no numeric owner. */
  readonly userId: number | null;
  /** A directory of its own, gone when the command ends. */
  temporaryDirectory(): Promise<string>;
  /** The directory for caches of this user, made when something is put there. */
  cacheDirectory(): Promise<string>;
  /**
   * The service with the session that flags, environment and profile describe; what was corrected or
   * overridden is told on stderr.
   * @throws UsageError for settings that make no sense or a file that names another host, AuthError without a
   * credential
   */
  connect(options: ConnectOptions, patience?: Patience): Promise<Connection>;
  /** Base URL of the API that flags, environment and profile choose; null when they make no sense. */
  findApiUrl(options: ConnectOptions): Promise<string | null>;
  /** The service without a token, for what is public. */
  connectAnonymously(options: GlobalOptions): Promise<Api>;
  /** Profiles and stores: what is remembered of logins between runs. */
  openLoginStorage(options: GlobalOptions): Promise<LoginStorage>;
  /** The wire without a token and without retries, for the login host. */
  loginTransport(options: GlobalOptions): Promise<Transport>;
  /** The API of a region with the token of a session that is not the one in use. */
  openApi(region: Region, session: Session, wire: Transport): Promise<Api>;
  /** Shows an address in the browser, without putting it on a command line. */
  openBrowser(url: string, until: AbortSignal): Promise<void>;
  /** Null when nobody may be asked. */
  prompter(options: GlobalOptions): Prompter | null;
  /** What the checks of `doctor` touch. @throws UsageError for a `--timeout` that is none */
  openDoctor(options: GlobalOptions): Promise<DoctorPorts>;
  startSandbox(options: {
    readonly port?: number;
    readonly seed?: number;
    readonly scenario?: string;
    readonly conversations?: number;
    readonly days?: number;
  }): Promise<RunningSandbox>;
  /** Every refusal and fault the sandbox knows, for help. */
  listScenarios(): Promise<readonly { readonly name: string; readonly description: string }[]>;
  /** @throws UsageError `usage.file` when the file can't be read. */
  readTextFile(path: string, maxBytes?: number): Promise<string>;
  /**
   * Does work that occupies the process for long, and breaks it off at a signal.
   * @throws InterruptedError `interrupted`
   */
  interruptibly<Result>(work: () => Result): Promise<Result>;
  /** The same context with another environment and other streams; what the demonstration is made of. */
  withEnvironment(env: Context["env"], io?: Io): Context;
  /** Runs a command line in this context; never throws. */
  run(argv: readonly string[]): Promise<ExitCode>;
}
