import type { CommandTree } from "../../src/cli/completion/command-tree.ts";
import { describeProgram } from "../../src/cli/completion/describe-program.ts";
import { listScenarios } from "../../src/sandbox/scenarios/scenarios.ts";
import { buildProgram } from "./command-tree.ts";

/** Returns the command tree of the current source. */
export async function liveCompletionTree(): Promise<CommandTree> {
  return describeProgram(await buildProgram(), listScenarios());
}
