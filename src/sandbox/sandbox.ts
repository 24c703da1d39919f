import type { RosterSizes } from "./state/roster.ts";

export interface SandboxOptions {
  /** Port to listen on; 0 for any free port. */
  readonly port?: number;
  /** Seed of the organization. The same seed produces the same ids, names and conversations. */
  readonly seed?: number;
  /** Scenario, as listed by `genscope sandbox --help`; `default` when absent. */
  readonly scenario?: string;
  /** Number of conversations; a few hundred when absent. */
  readonly conversations?: number;
  /** Number of UTC days with conversations, up to and including today; 31 when absent. */
  readonly days?: number;
  /** Numbers of queues, agents, codes, … that differ from the default. */
  readonly roster?: Partial<RosterSizes>;
}

/** A credential of the sandbox, worthless elsewhere. */
export interface SandboxClient {
  readonly id: string;
  readonly secret: string;
  readonly name: string;
  readonly grantType: string;
}

export interface Sandbox {
  /** Base URL of login, API and admin endpoint: `http://127.0.0.1:PORT`. */
  readonly url: string;
  readonly scenario: string;
  /** One-sentence description of this scenario. */
  readonly description: string;
  /** The client that the scenario affects. */
  readonly client: SandboxClient;
  /** A token that is ready to use, if the scenario needs one that the client can't request itself; otherwise null. */
  readonly accessToken: string | null;
  /** An operation that demonstrates the scenario, as `METHOD /path`. */
  readonly operation: string;
  /** Runs an admin action as `POST /sandbox/actions` does, without the network. */
  act(action: unknown): unknown;
  close(): Promise<void>;
}
