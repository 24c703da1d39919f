import type { RosterSizes } from "./state/roster.ts";

/** What a scenario can ask of the sandbox before it starts. */
export interface SandboxOptions {
  /** 0: any free port. */
  readonly port?: number;
  /** Same seed, same organization: ids, names, conversations. */
  readonly seed?: number;
  /** One of `genscope sandbox --help`; `default` when absent. */
  readonly scenario?: string;
  /** How many conversations there are; absent: a few hundred, of a small organization. */
  readonly conversations?: number;
  /** On how many UTC days, today the last, those conversations began; 31 when absent. */
  readonly days?: number;
  /** How many queues, agents, codes, … there are, where it should not be the usual number. */
  readonly roster?: Partial<RosterSizes>;
}

/** A credential of the sandbox's own; worth nothing anywhere else. */
export interface SandboxClient {
  readonly id: string;
  readonly secret: string;
  readonly name: string;
  readonly grantType: string;
}

export interface Sandbox {
  /** `http://127.0.0.1:PORT`, serving login, API and the admin endpoint. */
  readonly url: string;
  readonly scenario: string;
  /** What this scenario is about, one sentence. */
  readonly description: string;
  /** The client that the scenario puts in trouble. */
  readonly client: SandboxClient;
  /** A ready token, where the scenario is about one that the client can't simply ask for; else null. */
  readonly accessToken: string | null;
  /** An operation to try, `METHOD /path`, that shows the scenario. */
  readonly operation: string;
  /** An admin action as `POST /sandbox/actions` takes it, without the network. */
  act(action: unknown): unknown;
  close(): Promise<void>;
}
