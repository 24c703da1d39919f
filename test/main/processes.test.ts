import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, onTestFinished, test } from "vitest";
import { systemProcesses } from "../../src/main/processes.ts";

const startOf = (pid: number) =>
  readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ")[19] ?? null;

describe.skipIf(!existsSync("/proc/self/ns/pid"))("processes of this machine (needs /proc)", () => {
  const processes = systemProcesses(process);
  const self = processes.self();

  test("the current process runs, with the start that the kernel counts", () => {
    expect(self).toMatchObject({ pid: process.pid, start: startOf(process.pid) });
    expect(processes.stateOf(self)).toBe("running");
  });

  test.each<[string, object, "running" | "gone" | "unknown"]>([
    ["an earlier process with the same id", { start: "1" }, "gone"],
    ["an id that no process has", { pid: 4_194_303 }, "gone"],
    ["another host", { host: "elsewhere" }, "unknown"],
    ["another boot or namespace", { realm: "another" }, "unknown"],
    ["a system that reports none of it", { realm: null, start: null }, "unknown"],
  ])("%s", (_what, differences, state) => {
    expect(processes.stateOf({ ...self, ...differences })).toBe(state);
  });

  test("a process that was killed is gone, also before its parent has noticed", async () => {
    const child = spawn("sleep", ["60"]);
    onTestFinished(() => void child.kill("SIGKILL"));
    await once(child, "spawn");
    const pid = child.pid ?? -1;
    const mark = { ...self, pid, start: startOf(pid) };
    expect(processes.stateOf(mark)).toBe("running");
    child.kill("SIGSTOP");
    expect(processes.stateOf(mark)).toBe("running");
    child.kill("SIGKILL");
    // Synchronous, so that this process can't reap the child in between.
    while (!/^\d+ \(sleep\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, "utf8")));
    expect(processes.stateOf(mark)).toBe("gone");
    await once(child, "exit");
    expect(processes.stateOf(mark)).toBe("gone");
  });
});
