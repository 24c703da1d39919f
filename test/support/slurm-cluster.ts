import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { hostname, userInfo } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished } from "vitest";
import { findFreePort } from "./free-port.ts";
import { tempDir } from "./temp-dir.ts";

/** PATH that includes the directory in which Debian installs the daemons. */
const PATH = `${process.env["PATH"]}:/usr/sbin`;
const PROGRAMS = ["munged", "slurmctld", "slurmd", "sbatch", "squeue", "scancel", "scontrol"];
const MUNGE_FILES = {
  "key-file": "munge.key",
  socket: "munge.socket",
  "pid-file": "munge.pid",
  "seed-file": "munge.seed",
};
const TIMEOUT_MS = 120_000;

/** A cluster of one controller and one node, which lasts as long as the test. */
export interface SlurmCluster {
  /** Submits a job script and returns the id of its job. */
  submit(script: string, env: Readonly<Record<string, string>>): string;
  /** Runs another program of Slurm and returns its output. */
  run(program: string, ...args: readonly string[]): string;
  /** Resolves when the controller has no job left to run. */
  isIdle(): Promise<void>;
}

export function hasSlurm(): boolean {
  return PROGRAMS.every((name) => spawnSync("which", [name], { env: { PATH } }).status === 0);
}

/** Starts the daemons of Slurm with a separate configuration, key and ports. */
export async function startSlurm(): Promise<SlurmCluster> {
  const directory = await tempDir();
  const at = (name: string) => join(directory, name);
  const config = at("slurm.conf");
  const env = { PATH, SLURM_CONF: config };
  await mkdir(at("state"));
  await mkdir(at("spool"));
  await writeFile(at(MUNGE_FILES["key-file"]), randomBytes(1_024), { mode: 0o600 });
  await writeFile(config, await configuration(at));
  // The directory for temporary files is world-writable. munged refuses such a directory without `--force`.
  const files = Object.entries(MUNGE_FILES).map(([option, name]) => `--${option}=${at(name)}`);
  startDaemon("munged", ["--force", "--foreground", ...files], env);
  startDaemon("slurmctld", ["-D"], env);
  startDaemon("slurmd", ["-D"], env);
  const run = (program: string, ...args: readonly string[]) => call(program, args, env);
  await expect
    .poll(() => spawnSync("sinfo", ["--noheader", "--format=%T"], { env, encoding: "utf8" }).stdout, {
      timeout: TIMEOUT_MS,
      interval: 100,
    })
    .toBe("idle\n");
  onTestFinished(() => void run("scancel", "--full", `--user=${userInfo().username}`));
  return {
    submit: (script, own) =>
      call("sbatch", ["--parsable", `--chdir=${directory}`], { ...env, ...own }, script).trim(),
    run,
    isIdle: async () =>
      await expect.poll(() => run("squeue", "--noheader"), { timeout: TIMEOUT_MS, interval: 200 }).toBe(""),
  };
}

async function configuration(at: (name: string) => string): Promise<string> {
  const node = hostname().split(".")[0] ?? "";
  const user = userInfo().username;
  const settings = {
    ClusterName: "test",
    SlurmctldHost: `${node}(127.0.0.1)`,
    SlurmctldPort: await findFreePort(),
    SlurmdPort: await findFreePort(),
    AuthType: "auth/munge",
    AuthInfo: `socket=${at(MUNGE_FILES.socket)}`,
    SlurmUser: user,
    SlurmdUser: user,
    StateSaveLocation: at("state"),
    SlurmdSpoolDir: at("spool"),
    SlurmctldPidFile: at("slurmctld.pid"),
    SlurmdPidFile: at("slurmd.pid"),
    SlurmctldLogFile: at("slurmctld.log"),
    SlurmdLogFile: at("slurmd.log"),
    ProctrackType: "proctrack/pgid",
    TaskPlugin: "task/none",
    MpiDefault: "none",
    SelectType: "select/cons_tres",
    SelectTypeParameters: "CR_CPU",
    // The node offers as many processors as a job has tasks, regardless of the real number.
    SlurmdParameters: "config_overrides",
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  return [
    ...lines,
    `NodeName=${node} NodeAddr=127.0.0.1 CPUs=4 State=UNKNOWN`,
    `PartitionName=all Nodes=${node} Default=YES MaxTime=INFINITE State=UP`,
    "",
  ].join("\n");
}

function startDaemon(program: string, args: readonly string[], env: Readonly<Record<string, string>>): void {
  const child: ChildProcess = spawn(program, args, { env, stdio: "ignore" });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  onTestFinished(async () => {
    child.kill();
    await ended;
  });
}

function call(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  input = "",
): string {
  const { status, stdout, stderr } = spawnSync(program, args, { env, input, encoding: "utf8" });
  expect([program, status, stderr]).toEqual([program, 0, ""]);
  return stdout;
}
