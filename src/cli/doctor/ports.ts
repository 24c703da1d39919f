import type { LoginStorage } from "../../auth/profiles/login-storage.ts";
import type { Clock } from "../../core/clock.ts";
import type { TlsHandshake, TlsTarget } from "../../http/connection/tls-handshake.ts";
import type { Transport } from "../../http/transport/transport.ts";

/** The program and the machine that it runs on. */
export interface Machine {
  /** Version of genscope. */
  readonly version: string;
  /** `engines.node` of the package; null when its description can't be read. */
  readonly requiredNode: string | null;
  /** Version of Node without the leading `v`. */
  readonly node: string;
  readonly platform: NodeJS.Platform;
  readonly architecture: string;
  /** Release of the operating system. */
  readonly release: string;
  /** Numeric user id; null on systems without numeric file owners. */
  readonly userId: number | null;
  readonly userName: string;
  readonly homeDirectory: string;
}

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
  /** Timeout of one network step: a DNS query, a handshake, a request. */
  readonly timeoutMs: number;
  readonly configDirectory: string;
  readonly cacheDirectory: string;
  readonly storage: Pick<LoginStorage, "profiles" | "openStore">;
  /**
   * Opens a transport that makes one attempt per request.
   * @throws UsageError for certificates that can't be read
   */
  openTransport(): Promise<Transport>;
  /** Resolves a host name. @throws NetworkError, InterruptedError */
  lookUp(host: string): Promise<readonly string[]>;
  /** Performs a TLS handshake. @throws NetworkError, InterruptedError */
  shakeHands(target: TlsTarget): Promise<TlsHandshake>;
}
