import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { act } from "../sandbox/client.ts";
import { shownByTopic } from "../support/examples.ts";
import { AnswerObserver } from "../support/export-kills.ts";
import { type ExportSandbox, exportSandbox } from "../support/export-sandbox.ts";
import { linesOf, tableFiles, truthOf } from "../support/export-truth.ts";
import { runGenscope } from "../support/genscope-process.ts";
import { hasRclone, type RcloneRemote, rcloneRemote } from "../support/rclone-remote.ts";

/** Number of responses after which an export has received records but has not finished. */
const SOME_ANSWERS = 8;
const JOBS = "/api/v2/analytics/conversations/details/jobs";
const MANIFESTS = ["manifest.shard-1-of-2.json", "manifest.shard-2-of-2.json"];

interface Site extends ExportSandbox {
  readonly remote: RcloneRemote;
  readonly answers: AnswerObserver;
  readonly env: Readonly<Record<string, string>>;
  /** The example of the help page, adapted to the days of the sandbox. */
  readonly example: string;
}

/** Prepares an upload with the only example of `genscope help object-stores` that contains this text. */
async function siteFor(text: string): Promise<Site> {
  const [shown = "", ...others] = shownByTopic("object-stores").filter((lines) => lines.includes(text));
  expect(others).toEqual([]);
  const answers = new AnswerObserver();
  const setup = await exportSandbox({ onRequest: answers.note });
  const remote = await rcloneRemote();
  return {
    ...setup,
    remote,
    answers,
    env: { ...setup.env, ...remote.env },
    example: shown.replace(/--interval \S+/, `--interval ${setup.interval}`),
  };
}

interface Upload {
  readonly pid: number;
  readonly ended: Promise<number | null>;
}

/** Starts a script with the interpreter that its first line names. */
async function start({ remote, env }: Site, script: string): Promise<Upload> {
  const file = join(remote.directory, "upload");
  await writeFile(file, script, { mode: 0o755 });
  const shell = spawn(file, { cwd: remote.directory, env, stdio: ["ignore", "ignore", "pipe"] });
  shell.stderr.resume();
  onTestFinished(() => void shell.kill());
  return { pid: shell.pid ?? -1, ended: new Promise((resolve) => shell.once("close", resolve)) };
}

/** Runs the script. When `moment` resolves, kills the program that the script has started. */
async function runAndKill(site: Site, script: string, program: string, moment: () => Promise<void>) {
  const reached = moment();
  const { pid, ended } = await start(site, script);
  await reached;
  const { stdout } = spawnSync("pgrep", ["--parent", String(pid), "--full", program], { encoding: "utf8" });
  const [child, ...others] = stdout.trim().split("\n").map(Number);
  expect([child, others]).toEqual([expect.any(Number), []]);
  process.kill(child ?? -1, "SIGKILL");
  return await ended;
}

async function slowResults({ sandbox }: Site): Promise<void> {
  const where = { path: JOBS, pathEnd: "/results", method: "GET" };
  await act(sandbox, "fault.add", { kind: "slow", delayMs: 200, times: 1_000, ...where });
}

describe.skipIf(!hasRclone())("an export uploaded with rclone (needs rclone)", () => {
  test("is complete, with its manifest as the last object, although both programs were killed", async () => {
    const site = await siteFor("rclone sync");
    const { example, remote, answers, env } = site;
    await slowResults(site);
    const code = await runAndKill(
      site,
      example,
      "genscope export",
      async () => await answers.restart(SOME_ANSWERS),
    );
    expect([code, remote.objects()]).toEqual([137, []]);

    // Makes the store so slow that rclone is killed before the last file.
    const slow = example.replace("rclone sync", "rclone sync --transfers 1 --bwlimit 300k");
    const begun = async () =>
      await expect.poll(() => remote.objects().length, { interval: 20 }).toBeGreaterThan(0);
    expect(await runAndKill(site, slow, "rclone sync", begun)).toBe(137);
    expect(remote.objects().filter((name) => name.includes("manifest"))).toEqual([]);

    expect(await (await start(site, example)).ended).toBe(0);
    const local = join(remote.directory, "october");
    expect(tableFiles(remote.path("october"))).toEqual(tableFiles(local));
    expect(remote.objects().some((name) => name.includes(".genscope"))).toBe(false);
    expect(await runGenscope(["export", "--verify", remote.path("october")], env)).toMatchObject({
      exitCode: 0,
    });
    const lines = linesIn(remote.path("october"));
    expect(lines.toSorted()).toEqual((await truthOf(site, site.days)).toSorted());
  });

  test("matches its manifest after a later export replaced days", async () => {
    const site = await siteFor("rclone sync");
    const { example, remote, interval, days } = site;
    expect(await (await start(site, example)).ended).toBe(0);
    const shorter = example
      .replace(`--interval ${interval}`, `--interval ${days[0]?.interval}`)
      .replace("--resume", "--replace");
    expect(shorter).toContain(`--interval ${days[0]?.interval} \\\n    --replace `);
    expect(await (await start(site, shorter)).ended).toBe(0);
    expect(Object.keys(tableFiles(remote.path("october")))).toHaveLength(1);
    const verified = await runGenscope(["export", "--verify", remote.path("october")], site.env);
    expect(verified).toMatchObject({ exitCode: 0 });
  });

  test("is not uploaded at all when a file is damaged", async () => {
    const site = await siteFor("rclone sync");
    const { example, remote } = site;
    const [command = "", ...rest] = example.split(" &&\n");
    const damage = 'printf x >>"$(find october -name "*.ndjson" -not -path "*/.genscope/*" | head -n 1)"';
    expect(await (await start(site, [command, damage, ...rest].join(" &&\n"))).ended).toBe(8);
    expect(remote.objects()).toEqual([]);
  });

  test("has the manifests of its workers as the last objects", async () => {
    const site = await siteFor("rclone sync");
    const { example, remote } = site;
    for (const shard of ["1/2", "2/2"]) {
      const upload = example.replace("--resume", `--resume --shard ${shard}`);
      expect(await (await start(site, upload)).ended).toBe(shard === "1/2" ? 8 : 0);
    }
    const names = remote.objects().map((name) => name.replace("october/", ""));
    expect(names.filter((name) => name.startsWith("manifest"))).toEqual(MANIFESTS);
  });

  test("gets its final name from a pipe only after the export has succeeded", async () => {
    const site = await siteFor("rclone rcat");
    const { example, remote, answers } = site;
    await slowResults(site);
    const code = await runAndKill(
      site,
      example,
      "genscope export",
      async () => await answers.restart(SOME_ANSWERS),
    );
    const truth = await truthOf(site, site.days);
    // rclone cannot know that the pipe ended early, and stores what it has received.
    const [first = "", ...others] = remote.objects();
    expect([code, first, others]).toEqual([137, expect.stringMatching(/^incoming\//), []]);
    expect(linesOf(remote.path(first)).length).toBeLessThan(truth.length);

    expect(await (await start(site, example)).ended).toBe(0);
    const [whole = "", ...more] = remote.objects();
    expect([whole, more]).toEqual([expect.stringMatching(/^days\//), []]);
    expect(linesOf(remote.path(whole)).toSorted()).toEqual(truth.toSorted());
  });

  test("stays unchanged when a later export through a pipe has a refused part", async () => {
    const site = await siteFor("rclone rcat");
    const { example, remote, sandbox } = site;
    expect(await (await start(site, example)).ended).toBe(0);
    const [name = ""] = remote.objects();
    const before = readFileSync(remote.path(name), "utf8");
    await act(sandbox, "fault.add", { status: 403, path: JOBS, method: "POST", times: 1_000 });
    expect(await (await start(site, example)).ended).toBe(3);
    expect(readFileSync(remote.path(name), "utf8")).toBe(before);
  });
});

function linesIn(directory: string): readonly string[] {
  return Object.keys(tableFiles(directory)).flatMap((path) => linesOf(join(directory, path)));
}
