import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { act } from "../sandbox/client.ts";
import { holdUp, isHeldUp } from "../support/export-hold-up.ts";
import { expectWhole, exportTrial } from "../support/export-trial.ts";
import { runGenscope } from "../support/genscope-process.ts";
import { tempDir } from "../support/temp-dir.ts";
import { hasTerminals, startOnTerminal } from "../support/terminal.ts";

const CTRL_C = "\x03";

describe.skipIf(!hasTerminals())("an export on a terminal (needs `script` of util-linux)", () => {
  test("exits with 130 on Ctrl-C while the spinner turns, releases the lock, and a resume completes it", async () => {
    const trial = await exportTrial();
    await holdUp(trial);
    const directory = await tempDir();
    const child = startOnTerminal(trial.args, trial.env, directory);
    await isHeldUp(trial);
    child.type(CTRL_C);
    const { exitCode, stdout } = await child.ended;
    expect(stdout).toMatch(
      /error: interrupted; saved so far: [1-9][\d,]* records \([0-3] of 3 parts finished\)/,
    );
    expect(stdout).toMatch(/hint: continue:\s+genscope export conversations details .* --resume/);
    expect(exitCode).toBe(130);
    expect(readdirSync(join(directory, "lake/.genscope")).join(" ")).not.toContain("lock");
    await act(trial.sandbox, "fault.clear");
    const resumed = await runGenscope([...trial.args, "--resume"], trial.env, { directory });
    expect(resumed.exitCode).toBe(0);
    await expectWhole(directory, trial);
  });
});
