import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { addCommands } from "../../src/cli/program.ts";
import { createRoot, type Root } from "../../src/cli/root.ts";
import { createContext, surroundingsOf } from "../../src/main.ts";
import { createMemoryIo } from "./memory-io.ts";

/** One command of the program as it can be typed. */
export interface ListedCommand {
  /** Words of the command without the program's name: `["catalog", "search"]`. */
  readonly words: readonly string[];
  /** Words of the command as text: `catalog search`. */
  readonly name: string;
  readonly command: CommandUnknownOpts;
  /** True when the command has subcommands and does nothing itself. */
  readonly isGroup: boolean;
}

/** Builds the whole program with every command in `COMMANDS`, and runs nothing. */
export async function buildProgram(): Promise<Root> {
  const { io } = createMemoryIo();
  const context = createContext({ ...surroundingsOf(process, new AbortController().signal), env: {}, io });
  const root = createRoot(io, "0.0.0");
  await addCommands(root, context, () => true);
  return root;
}

/** Returns every command and subcommand of the program in the order of the help. */
export async function listCommands(): Promise<readonly ListedCommand[]> {
  const root = await buildProgram();
  return root.commands.flatMap((command) => listFrom(command, []));
}

function listFrom(command: CommandUnknownOpts, above: readonly string[]): readonly ListedCommand[] {
  const words = [...above, command.name()];
  const isGroup = command.commands.length > 0;
  return [
    { words, name: words.join(" "), command, isGroup },
    ...command.commands.flatMap((inner) => listFrom(inner, words)),
  ];
}
