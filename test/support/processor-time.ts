import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { afterAll, expect } from "vitest";

// A setup file of vitest, see .vitest.mjs. For each test file it appends a line to the file that `GENSCOPE_CPU_LOG`
// names: processor time of the worker in seconds, that of the programs that it started and that have ended, and the
// test file.

/** Clock ticks per second in `/proc`, on every Linux. */
const TICKS = 100;
const STAT = "/proc/self/stat";

/** Returns the processor time in seconds of this process, and of its children that have ended; 0 without `/proc`. */
function spent(): { readonly own: number; readonly children: number } {
  const { user, system } = process.cpuUsage();
  const own = (user + system) / 1e6;
  if (!existsSync(STAT)) return { own, children: 0 };
  // The name of the program may contain spaces and parentheses; it ends at the last closing parenthesis.
  const fields = readFileSync(STAT, "utf8")
    .replace(/^.*\) /s, "")
    .split(" ");
  return { own, children: (Number(fields[13]) + Number(fields[14])) / TICKS };
}

const start = spent();

afterAll(() => {
  const end = spent();
  const file = relative(resolve(import.meta.dirname, "../.."), expect.getState().testPath ?? "");
  const seconds = [end.own - start.own, end.children - start.children].map((each) => each.toFixed(2));
  appendFileSync(process.env["GENSCOPE_CPU_LOG"] ?? "", `${seconds.join("\t")}\t${file}\n`);
});
