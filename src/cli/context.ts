import type { Readable, Writable } from "node:stream";
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
import type { Transport } from "../http/transport/transport.ts";
import type { Api } from "../platform/api/api.ts";
import type { Region } from "../platform/region/region.ts";
import type { DoctorPorts } from "./doctor/ports.ts";

/** The flags that every command accepts. */
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

/** The flags that select the service and the login, and what a file in the work tree specifies about them. */
export interface ConnectOptions extends GlobalOptions {
  /** Maximum wait for one request in milliseconds, including retries (default 30 s). */
  readonly maxWait?: number | undefined;
  readonly fileLogin?: FileLogin | undefined;
}

/** The maximum total wait for one request. */
export interface Patience {
  readonly maxWaitMs: number;
}

/** A command's connection to the service: its address, its session and its API. */
export interface Connection {
  readonly settings: Settings;
  readonly session: Session;
  /** The API with this session's token. */
  readonly api: Api;
}

/** The parts of a running embedded sandbox that commands use. */
export interface RunningSandbox {
  readonly url: string;
  readonly scenario: string;
  readonly description: string;
  /** The sandbox's own client. Its secret is worthless anywhere else. */
  readonly client: {
    readonly id: string;
    readonly secret: string;
    readonly name: string;
    readonly grantType: string;
  };
  readonly accessToken: string | null;
  readonly operation: string;
  /** Applies an administrator's change immediately. */
  act(action: unknown): unknown;
  close(): Promise<void>;
}

/** A request that the embedded sandbox answered, without secrets. */
export interface SandboxRequest {
  readonly method: string;
  readonly target: string;
  /** Null when the connection ended without a response. */
  readonly status: number | null;
  readonly refusedBy: { readonly layer: string; readonly code: string } | null;
  readonly fault: string | null;
  readonly durationMs: number;
}

/** The streams and the signal of a command that another command runs. */
export interface ApartRun {
  readonly env: Context["env"];
  readonly io: Io;
  /** Ends the command when aborted. */
  readonly signal: AbortSignal;
}

/** Standard input and output as raw streams. Unlike `Io`, they replace no control characters and hide no secrets. */
export interface Pipes {
  readonly input: Readable;
  readonly output: Writable;
}

/**
 * The ports that the composition root provides to every command. The functions are lazy: nothing is imported,
 * read or connected before a command calls them.
 */
export interface Context {
  readonly io: Io;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Version of genscope. */
  readonly version: string;
  readonly workingDirectory: string;
  readonly clock: Clock;
  readonly random: Random;
  /** Aborted by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
  readonly processes: Processes;
  /** Numeric user id; null on systems without numeric file owners. */
  readonly userId: number | null;
  /** Creates a temporary directory that is removed when the command ends. */
  temporaryDirectory(): Promise<string>;
  /** Returns the user's cache directory, which is created when a file is first written to it. */
  cacheDirectory(): Promise<string>;
  /**
   * Connects to the service with the session that flags, environment and profile describe. Reports corrected or
   * overridden settings on stderr.
   * @throws UsageError for invalid settings or a file that names another host, AuthError without a credential
   */
  connect(options: ConnectOptions): Promise<Connection>;
  /**
   * Returns the base URL of the API that flags, environment and profile choose; null when they are invalid.
   */
  findApiUrl(options: ConnectOptions): Promise<string | null>;
  /** Connects to the service without a token, for public resources. */
  connectAnonymously(options: GlobalOptions): Promise<Api>;
  /** Opens the profiles and stores that keep logins between runs. */
  openLoginStorage(options: GlobalOptions): Promise<LoginStorage>;
  /** Returns the transport for the login host, without a token and without retries. */
  loginTransport(options: GlobalOptions): Promise<Transport>;
  /** Returns the transport for signed URLs on foreign hosts: without a token, and never traced. */
  downloadTransport(options: GlobalOptions): Promise<Transport>;
  /** Opens the API of a region with the token of a session other than the one in use. */
  openApi(region: Region, session: Session, wire: Transport): Promise<Api>;
  /** Opens an address in the browser without putting it on a command line. */
  openBrowser(url: string, until: AbortSignal): Promise<void>;
  /** Returns the prompter for questions; null when no question may be asked. */
  prompter(options: GlobalOptions): Prompter | null;
  /** Opens the ports of the `doctor` checks. @throws UsageError for an invalid `--timeout` */
  openDoctor(options: GlobalOptions): Promise<DoctorPorts>;
  startSandbox(options: {
    readonly port?: number;
    readonly seed?: number;
    readonly scenario?: string;
    readonly conversations?: number;
    readonly days?: number;
    /** Called after each response. */
    readonly onRequest?: (request: SandboxRequest) => void;
  }): Promise<RunningSandbox>;
  /** Lists every refusal and fault that the sandbox can simulate, for help. */
  listScenarios(): Promise<readonly { readonly name: string; readonly description: string }[]>;
  /** Reads a text file. @throws UsageError `usage.file` when the file can't be read. */
  readTextFile(path: string, maxBytes?: number): Promise<string>;
  /**
   * Runs CPU-intensive work, and stops it at a signal.
   * @throws InterruptedError `interrupted`
   */
  interruptibly<Result>(work: () => Result): Promise<Result>;
  /** Returns the same context with another environment and, if given, other streams. */
  withEnvironment(env: Context["env"], io?: Io): Context;
  /**
   * Runs a command line with other streams and another signal, and closes whatever it opened when it ends. Used by
   * commands that run others for hours. Never throws.
   */
  runApart(argv: readonly string[], apart: ApartRun): Promise<ExitCode>;
  /** Opens standard input and output as raw streams, for a protocol between programs. */
  openPipes(): Pipes;
  /** Runs a command line in this context; never throws. */
  run(argv: readonly string[]): Promise<ExitCode>;
}
