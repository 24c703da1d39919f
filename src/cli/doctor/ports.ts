import type { LoginStorage } from "../../auth/profiles/login-storage.ts";
import type { Clock } from "../../core/clock.ts";
import type { TlsHandshake, TlsTarget } from "../../http/tls-handshake.ts";
import type { Transport } from "../../http/transport.ts";

/** The program and the machine it runs on. */
export interface Machine {
  /** Of genscope. */
  readonly version: string;
  /** `engines.node` of the package; null when its description can't be read. */
  readonly requiredNode: string | null;
  /** Without the leading `v`. */
  readonly node: string;
  readonly platform: NodeJS.Platform;
  readonly architecture: string;
  /** Of the operating system. */
  readonly release: string;
  /** Null where files have no numeric owner. */
  readonly userId: number | null;
  readonly userName: string;
  readonly homeDirectory: string;
}

/** Everything that the checks touch. */
export interface DoctorPorts {
  readonly machine: Machine;
  readonly flags: {
    readonly profile?: string | undefined;
    readonly region?: string | undefined;
    readonly caCert?: string | undefined;
  };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** For one step of the network: a look-up, a handshake, a request. */
  readonly timeoutMs: number;
  readonly configDirectory: string;
  readonly cacheDirectory: string;
  readonly memory: Pick<LoginStorage, "profiles" | "openStore">;
  /** The wire, one attempt a request. @throws UsageError for certificates that can't be read */
  openTransport(): Promise<Transport>;
  /** @throws NetworkError, InterruptedError */
  lookUp(host: string): Promise<readonly string[]>;
  /** @throws NetworkError, InterruptedError */
  shakeHands(target: TlsTarget): Promise<TlsHandshake>;
}
