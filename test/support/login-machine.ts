import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { noStore } from "../../src/auth/stores/no-store.ts";
import { systemClock } from "../../src/core/clock.ts";
import type { Prompter } from "../../src/core/prompter.ts";
import { Secret } from "../../src/core/secret.ts";
import { sandboxFor } from "../sandbox/client.ts";
import { memoryStore } from "./memory-store.ts";
import { type RunOptions, type RunResult, runCli } from "./run-cli.ts";
import { tempDir } from "./temp-dir.ts";
import { logInAndAllow } from "./visitor.ts";

/** Creates the machine of a user: a configuration, a keychain, and a browser that logs in automatically. */
export async function atMachine(scenario = "missing-role") {
  const sandbox = await sandboxFor({ scenario }, systemClock);
  const directory = await tempDir();
  const store = memoryStore();
  const run = async (argv: readonly string[], options: RunOptions = {}): Promise<RunResult> =>
    await runCli(argv, {
      ...options,
      env: { GENSCOPE_CONFIG_DIR: directory, ...options.env },
      ports: {
        openStore: (kind) => (kind === "none" ? noStore() : store),
        openBrowser: async (url) => void (await (await fetch(await logInAndAllow(url))).text()),
        ...options.ports,
      },
    });
  const at = ["--region", sandbox.url, "--client-id", sandbox.client.id];
  const asClient = async (...flags: readonly string[]) =>
    await run(["login", ...at, "--client-secret-stdin", ...flags], { input: `${sandbox.client.secret}\n` });
  const path = join(directory, "config.toml");
  const config = async () => await readFile(path, "utf8");
  const editConfig = async (edit: (text: string) => string) => await writeFile(path, edit(await config()));
  return { sandbox, store, run, at, asClient, config, editConfig };
}

/** Returns a prompter that answers prompts in this order. An unexpected prompt fails the test. */
export function answering(...answers: readonly string[]): {
  readonly prompter: Prompter;
  readonly asked: string[];
} {
  const asked: string[] = [];
  const next = (question: string) => {
    const answer = answers[asked.push(question) - 1];
    if (answer === undefined) throw new Error(`asked: ${question}`);
    return answer;
  };
  return {
    asked,
    prompter: {
      ask: async (question) => next(question),
      askSecret: async (question) => new Secret(next(question)),
      confirm: async (question) => next(question) === "yes",
      waitForEnter: async (prompt) => void next(prompt),
    },
  };
}
