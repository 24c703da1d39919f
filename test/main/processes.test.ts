import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, onTestFinished, test } from "vitest";
import { systemProcesses } from "../../src/main/processes.ts";

const startOf = (pid: number) =>
  readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ")[19] ?? null;

describe.skipIf(!existsSync("/proc/self/ns/pid"))("process states on this machine (needs /proc)", () => {
  const processes = systemProcesses(process);
  const self = processes.self();

  test("reports the current process as running, with the start time of the kernel", () => {
    expect(self).toMatchObject({ pid: process.pid, start: startOf(process.pid) });
    expect(processes.stateOf(self)).toBe("running");
  });

  test.each<[string, object, "running" | "gone" | "unknown"]>([
    ["reports an earlier process with the same id as gone", { start: "1" }, "gone"],
    ["reports an id without a process as gone", { pid: 4_194_303 }, "gone"],
    ["reports another host's process as unknown", { host: "elsewhere" }, "unknown"],
    ["reports a process from another boot or namespace as unknown", { realm: "another" }, "unknown"],
    [
      "reports a process as unknown where the system has no start times",
      { realm: null, start: null },
      "unknown",
    ],
  ])("%s", (_what, differences, state) => {
    expect(processes.stateOf({ ...self, ...differences })).toBe(state);
  });

  test("reports a killed process as gone even before its parent reaps it", async () => {
    const child = spawn("sleep", ["60"]);
    onTestFinished(() => void child.kill("SIGKILL"));
    await once(child, "spawn");
    const pid = child.pid ?? -1;
    const mark = { ...self, pid, start: startOf(pid) };
    expect(processes.stateOf(mark)).toBe("running");
    child.kill("SIGSTOP");
    expect(processes.stateOf(mark)).toBe("running");
    child.kill("SIGKILL");
    // Waits synchronously, so that this process can't reap its child in between.
    while (!/^\d+ \(sleep\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, "utf8")));
    expect(processes.stateOf(mark)).toBe("gone");
    await once(child, "exit");
    expect(processes.stateOf(mark)).toBe("gone");
  });
});
