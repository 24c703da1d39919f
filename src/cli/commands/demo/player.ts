import type { Io } from "../../../core/io.ts";
import { parseJson } from "../../../core/json.ts";
import type { Prompter } from "../../../core/prompter.ts";
import { wrapLine } from "../../../output/wrap-line.ts";
import { collectOutput } from "../../collected-output.ts";
import type { Context } from "../../context.ts";
import { continueLines } from "../../layout/example-list.ts";
import { splitIntoScreens } from "./screens.ts";

/** One scene of the demo as data. */
export interface Step {
  readonly title: string;
  /** The command line; null for an event outside genscope. */
  readonly command: string | null;
  readonly exitCode: number | null;
  /** The JSON document of the command, or the output of the event. */
  readonly output: unknown;
}

/** Plays scenes by running real commands, and keeps their output. */
export interface Player {
  readonly steps: readonly Step[];
  /** Plays an event outside genscope. */
  showEvent(title: string, text: string, output: unknown): Promise<void>;
  /** Runs a command with `input` as its standard input. Returns its JSON document. */
  runCommand(title: string, argv: readonly string[], env: Context["env"], input?: string): Promise<unknown>;
  /** Runs a command whose rows are shown as a table, even in a pipe. */
  runAsTable(title: string, argv: readonly string[], env: Context["env"]): Promise<unknown>;
}

const INDENT = "   ";
/** Number of rows for a terminal that does not report them. */
const USUAL_ROWS = 24;

/** How the scenes are shown. */
export interface Show {
  readonly isText: boolean;
  readonly isColoured: boolean;
  /** Asks whether to continue, between scenes and between the screens of a long scene; null to never stop. */
  readonly prompter: Prompter | null;
}

/** Creates a player that prints its scenes on stdout, or only collects them. */
export function createPlayer(context: Context, { isText, isColoured, prompter }: Show): Player {
  const steps: Step[] = [];
  const { stdout } = context.io;
  const colour = isColoured ? [] : ["--no-color"];
  /** The text of the scene. It is shown when the scene ends, so that it can be split into screens. */
  const scene: string[] = [];
  const stage = prompter === null ? context.io : gatherInto(scene, context.io);
  const print = async (text: string) => {
    if (isText) await stage.stdout.write(text);
  };
  const begin = async (title: string) => {
    if (steps.length > 0) await prompter?.waitForEnter("Press Enter for the next scene");
    await print(heading(steps.length + 1, title, stdout.columns));
  };
  const end = async (step: Step) => {
    steps.push(step);
    const size = { columns: stdout.columns ?? 80, rows: stdout.terminal?.rows ?? USUAL_ROWS };
    const screens = splitIntoScreens(scene.splice(0).join(""), size, `── ${steps.length}, continued\n`);
    for (const [index, screen] of prompter === null ? [] : screens.entries()) {
      if (index > 0) await prompter?.waitForEnter("Press Enter for more");
      await stdout.write(index > 0 ? `\n${screen}` : screen);
    }
  };

  async function run(
    title: string,
    argv: readonly string[],
    env: Context["env"],
    { input, inText = [] }: { readonly input?: string | undefined; readonly inText?: readonly string[] },
  ): Promise<unknown> {
    const command = ["genscope", ...argv, ...inText].join(" ");
    await begin(title);
    await print(`${commandLines(command, stdout.columns)}\n\n`);
    const collected = collectOutput(input);
    if (isText) {
      await context
        .withEnvironment(env, { ...stage, stdin: collected.io.stdin })
        .run([...argv, ...inText, ...colour]);
    }
    const exitCode = await context.withEnvironment(env, collected.io).run([...argv, "--json"]);
    await print(`   (exit code ${exitCode})\n`);
    const output = parseJson(collected.stdout()) ?? null;
    await end({ title, command, exitCode, output });
    return output;
  }

  return {
    steps,
    showEvent: async (title, text, output) => {
      await begin(title);
      await print(`${indent(text, stdout.columns)}\n`);
      await end({ title, command: null, exitCode: null, output });
    },
    runCommand: async (title, argv, env, input) => await run(title, argv, env, { input }),
    runAsTable: async (title, argv, env) => await run(title, argv, env, { inText: ["--output", "table"] }),
  };
}

function heading(number: number, title: string, columns: number | null): string {
  const line = wrapLine(`── ${number}. ${title}`, columns ?? Number.POSITIVE_INFINITY);
  return `${number === 1 ? "" : "\n"}${line}\n\n`;
}

/** Returns a command with a prompt in front, broken into lines that a shell accepts. */
function commandLines(command: string, columns: number | null): string {
  const prompt = `${INDENT}$ `;
  const [first = "", ...more] =
    columns === null ? [command] : continueLines(command, columns - prompt.length);
  return [`${prompt}${first}`, ...more.map((line) => `${" ".repeat(prompt.length)}${line}`)].join("\n");
}

function indent(text: string, columns: number | null): string {
  const width = columns === null ? Number.POSITIVE_INFINITY : Math.max(20, columns - INDENT.length);
  return (
    text
      .split("\n")
      // These lines are for a shell, and a line break would split a command.
      .flatMap((line) => (/^(?:export|genscope) /.test(line) ? [line] : wrapLine(line, width).split("\n")))
      .map((line) => (line === "" ? "" : `${INDENT}${line}`))
      .join("\n")
  );
}

/** Returns the streams of a terminal whose text is collected and not shown. */
function gatherInto(written: string[], { stdout, stderr, ...io }: Io): Io {
  const write = async (data: string | Uint8Array) => {
    written.push(typeof data === "string" ? data : new TextDecoder().decode(data));
  };
  const kept = { terminal: null, write, writeExact: write };
  return { ...io, stdout: { ...stdout, ...kept }, stderr: { ...stderr, ...kept } };
}
