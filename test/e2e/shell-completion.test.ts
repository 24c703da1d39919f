import { existsSync } from "node:fs";
import { readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type CompletingShell,
  missingForShell,
  type ShellName,
  startCompletingShell,
} from "../support/completing-shell.ts";

const PROFILES = `current = "work"
[profiles.work]
[profiles.staging]
[profiles."-x$(touch pwned)"]
[profiles."wo\\u001b[31mred"]
`;

/**
 * Lines before and after completion, without `genscope ` at the start. A space at the end means that the next word
 * can be typed.
 */
const LINES: readonly (readonly [about: string, typed: string, completed: string])[] = [
  ["a command", "che", "check-scopes "],
  ["a subcommand", "catalog sh", "catalog show "],
  ["a flag", "whoami --prof", "whoami --profile "],
  ["a choice", "login --store ke", "login --store keychain "],
  ["a choice after an equals sign", "login --store=ke", "login --store=keychain "],
  ["a profile", "whoami --profile st", "whoami --profile staging "],
  ["a profile, past those with other characters", "whoami --profile=wo", "whoami --profile=work "],
  ["a scenario", "sandbox --scenario missing-r", "sandbox --scenario missing-role "],
  ["a dataset", "export conversations det", "export conversations details "],
  ["a query", "query queues obs", "query queues observations "],
  ["a method", "check-scopes PO", "check-scopes POST "],
  ["a path up to the next slash", "query GET /api/v2/rout", "query GET /api/v2/routing/"],
  [
    "a path with a real id",
    "check-scopes GET /api/v2/routing/queues/17/wr",
    "check-scopes GET /api/v2/routing/queues/17/wrapupcodes ",
  ],
  ["an operation id", "catalog show getIpr", "catalog show getIpranges "],
  ["a kind of report", "check-scopes --report ju", "check-scopes --report junit="],
  ["a part of a permission", "check-scopes --permission rout", "check-scopes --permission routing:"],
  [
    "a permission",
    "check-scopes --permission=audits:audit:v",
    "check-scopes --permission=audits:audit:view ",
  ],
  ["a file", "explain pas", "explain paste.json "],
  ["a file after an equals sign", "check-scopes --policy=pol", "check-scopes --policy=policy.yaml "],
  ["the file of a report", "check-scopes --report junit=pas", "check-scopes --report junit=paste.json "],
  ["a file with a space in its name", "explain my", "explain my\\ file.har "],
  ["a flag before the command", "--no-color who", "--no-color whoami "],
  ["nothing after an unknown word", "catalog nonsense sh", "catalog nonsense sh"],
  ["a flag after a substitution", "export $(touch pwned) --form", "export $(touch pwned) --format "],
];

describe.each(["bash", "zsh", "fish"] satisfies readonly ShellName[])("%s", (name) => {
  const missing = missingForShell(name);
  const needs = missing === null ? "" : ` (needs ${missing})`;
  let shell: CompletingShell;

  beforeAll(async () => {
    if (missing !== null) return;
    shell = await startCompletingShell(name, PROFILES);
    for (const file of ["paste.json", "policy.yaml", "my file.har"]) {
      await writeFile(join(shell.directory, file), "");
    }
  });

  afterAll(async () => await shell?.close());

  for (const [about, typed, completed] of LINES) {
    test.skipIf(missing !== null)(`completes ${about}: ${typed}${needs}`, async () => {
      expect(await shell.complete(`genscope ${typed}`)).toBe(`genscope ${completed}`);
    });
  }

  test.skipIf(missing !== null)(`never runs the file whose name is typed${needs}`, async () => {
    const file = join(shell.directory, "genscope");
    await writeFile(file, "#!/bin/sh\ntouch pwned\n", { mode: 0o755 });
    expect(await shell.complete("./genscope che")).toBe("./genscope check-scopes ");
    await rm(file);
  });

  test.skipIf(missing !== null)(`executes nothing that was typed and shows no error${needs}`, async () => {
    expect(existsSync(join(shell.directory, "pwned"))).toBe(false);
    expect(await readdir(shell.directory)).toEqual(["my file.har", "paste.json", "policy.yaml"]);
    expect(shell.screen()).not.toContain("wo\u001b[31mred");
    expect(shell.screen()).not.toMatch(/error|not found|unexpected/i);
  });
});
