import { asArray, asRecord, asString, type JsonRecord } from "../../src/core/json.ts";
import { type RunOptions, runCli } from "./run-cli.ts";

export interface Diagnosis {
  readonly exitCode: number;
  /**
   * Results of the checks that differ from `HEALTHY`, by check. A warning about the age of the catalog is not
   * included.
   */
  readonly abnormal: Readonly<Record<string, string>>;
  /** Returns the check with this name. */
  check(name: string): JsonRecord;
  readonly stderr: string;
}

/** Expected results of a run with a token in the environment, over plain HTTP, without a proxy or certificates. */
const HEALTHY: Readonly<Record<string, string>> = {
  node: "ok",
  settings: "ok",
  "config-directory": "ok",
  catalogue: "ok",
  keychain: "skipped",
  "encrypted-file": "skipped",
  proxy: "ok",
  certificates: "skipped",
  dns: "skipped",
  tls: "skipped",
  reachability: "ok",
  clock: "ok",
};

/** A version of Node that gets security fixes for longer than these tests will exist. */
export const SUPPORTED_NODE = "99.0.0";

/** Runs `doctor --json` and returns its findings. */
export async function diagnose(
  env: NonNullable<RunOptions["env"]>,
  { argv = [], ports = {} }: { readonly argv?: readonly string[]; readonly ports?: RunOptions["ports"] } = {},
): Promise<Diagnosis> {
  const { exitCode, json, stderr } = await runCli(["doctor", "--json", ...argv], {
    env,
    ports: { node: SUPPORTED_NODE, ...ports },
  });
  const checks = asArray(asRecord(json)["checks"]).map(asRecord);
  const statuses = checks
    .filter((check) => !isOldCatalogue(check))
    .map((check) => [asString(check["name"]) ?? "", asString(check["status"]) ?? ""]);
  return {
    exitCode,
    abnormal: Object.fromEntries(
      statuses.filter(([name = "", status]) => HEALTHY[name] !== status) as [string, string][],
    ),
    check: (name) => {
      const found = checks.find((check) => check["name"] === name);
      if (found === undefined) throw new Error(`no check ${name} in ${JSON.stringify(json)}`);
      return found;
    },
    stderr,
  };
}

/** Returns whether a check only reports the age of the packaged catalog, which depends on the day of the test run. */
function isOldCatalogue(check: JsonRecord): boolean {
  return check["name"] === "catalogue" && /; \d+ days old$/.test(asString(check["summary"]) ?? "");
}
