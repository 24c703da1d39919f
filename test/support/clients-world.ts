import { onTestFinished } from "vitest";
import { asRecord } from "../../src/core/json.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { json, launchSandbox } from "../sandbox/client.ts";
import { credentialsFor } from "./credentials.ts";
import { type RunResult, runCli } from "./run-cli.ts";

/** The organization of the scenario `clients`. `run` runs `genscope clients` with the auditor's credential. */
export interface ClientsWorld {
  readonly sandbox: Sandbox;
  readonly env: Readonly<Record<string, string>>;
  act(action: string, fields?: object): Readonly<Record<string, unknown>>;
  run(...words: readonly string[]): Promise<RunResult>;
}

/** Starts the scenario for one test. */
export async function clientsWorld(settings: object = {}): Promise<ClientsWorld> {
  const sandbox = await launchSandbox({ scenario: "clients" });
  onTestFinished(() => sandbox.close());
  const act = (action: string, fields: object = {}) => asRecord(sandbox.act({ action, ...fields }));
  act("settings.patch", { settings: { jobPolls: 0, ...settings } });
  const env = credentialsFor(sandbox);
  return { sandbox, env, act, run: async (...words) => await runCli(["clients", ...words], { env }) };
}

/** Returns a field of every client of the first organization, by name. */
export function byName({ json: document }: RunResult, field: string): Readonly<Record<string, unknown>> {
  const names = json(document).each("organizations.0.clients", "name");
  const values = json(document).each("organizations.0.clients", field);
  return Object.fromEntries(names.map((name, index) => [String(name), values[index]]));
}
