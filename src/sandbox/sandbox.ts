import type { RosterSizes } from "./state/roster.ts";

/** Options of a scenario. */
export interface SandboxOptions {
  /** Port; 0 for any free port. */
  readonly port?: number;
  /** Seed of the organization: the same seed produces the same ids, names and conversations. */
  readonly seed?: number;
  /** Scenario, as listed by `genscope sandbox --help`; `default` when absent. */
  readonly scenario?: string;
  /** Number of conversations; a few hundred when absent. */
  readonly conversations?: number;
  /** Number of UTC days on which the conversations began, ending today; 31 when absent. */
  readonly days?: number;
  /** Numbers of queues, agents, codes, …, where they differ from the default. */
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
  /** Base URL `http://127.0.0.1:PORT` for login, API and the admin endpoint. */
  readonly url: string;
  readonly scenario: string;
  /** Description of this scenario in one sentence. */
  readonly description: string;
  /** The client that the scenario affects. */
  readonly client: SandboxClient;
  /** A ready token, if the scenario needs one that the client can't request itself; otherwise null. */
  readonly accessToken: string | null;
  /** An operation that demonstrates the scenario, as `METHOD /path`. */
  readonly operation: string;
  /** Runs an admin action as `POST /sandbox/actions` does, without the network. */
  act(action: unknown): unknown;
  close(): Promise<void>;
}
