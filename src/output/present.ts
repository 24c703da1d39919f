import { AppError } from "../core/errors.ts";
import type { Io } from "../core/io.ts";
import { lineOf, printable } from "../core/text.ts";
import { renderBlocks, type View } from "./blocks.ts";
import { factsOfError } from "./error-facts.ts";
import { jsonText } from "./json-text.ts";
import { plainStyle, styleFor } from "./style.ts";

/** The flags that determine how a result is shown. */
export interface PresentationOptions {
  readonly json?: boolean | undefined;
  readonly color?: boolean | undefined;
}

/**
 * Shows a command's result on stdout: one JSON document with `--json`, otherwise the command's view. Every
 * command uses this function, so none can forget `--json`.
 */
export async function present<Result extends { readonly schema: string }>(
  io: Io,
  options: PresentationOptions,
  result: Result,
  view: View<Result>,
): Promise<void> {
  if (options.json === true) {
    await io.stdout.writeExact(documentText(result));
    return;
  }
  const style = await styleFor(options.color === false ? 0 : io.stdout.colourLevel);
  await io.stdout.write(
    await renderBlocks(
      view(withoutControls(result), style),
      io.stdout.isTerminal ? io.stdout.columns : null,
      style,
    ),
  );
}

/**
 * Shows a failure: a message on stderr, with its hint unless `--quiet` is given, and with `--json` one JSON document on
 * stdout.
 * @param diagnosis the document that explains a refusal; null when none exists
 */
export async function presentError(
  io: Io,
  options: PresentationOptions & {
    readonly quiet?: boolean | undefined;
    readonly verbose?: boolean | undefined;
  },
  error: unknown,
  diagnosis: { readonly schema: string } | null = null,
): Promise<void> {
  const facts = factsOfError(error);
  if (options.json === true) {
    await io.stdout.writeExact(documentText({ schema: "genscope/error/v1", error: facts, diagnosis }));
  }
  const style = options.color === false ? plainStyle : await styleFor(io.stderr.colourLevel);
  const { message, hint, correlationId } = facts;
  const lines = [`${style.bad("error:")} ${paragraph(message)}`];
  if (correlationId !== null) lines.push(`correlation id: ${lineOf(correlationId)}`);
  if (hint !== null && options.quiet !== true) lines.push("", `${style.hint("hint:")} ${paragraph(hint)}`);
  if (!(error instanceof AppError) && options.verbose === true && error instanceof Error) {
    lines.push("", paragraph(error.stack ?? ""));
  }
  if (options.verbose === true) {
    const { describeCauses } = await import("./cause-chain.ts");
    const causes = describeCauses(error);
    if (causes.length > 0) lines.push("", ...causes);
  }
  await io.stderr.write(`${await wrapped(io, lines.join("\n"))}\n`);
}

/** Writes one line for the user to stderr, unless `--quiet` is given. */
export async function writeNote(
  io: Io,
  options: { readonly quiet?: boolean | undefined },
  text: string,
): Promise<void> {
  if (options.quiet !== true) await io.stderr.write(`${await wrapped(io, lineOf(text))}\n`);
}

/** Returns text for stderr, wrapped at words on a terminal of known width. */
async function wrapped({ stderr: { isTerminal, columns } }: Io, text: string): Promise<string> {
  if (!isTerminal || columns === null || text.length <= columns) return text;
  // Loaded lazily, because a pipe needs no width and most runs print no notes.
  const { wrapLine } = await import("./wrap-line.ts");
  return text
    .split("\n")
    .map((line) => wrapLine(line, columns))
    .join("\n");
}

/** Indents all lines but the first, so that no text from outside can forge a line such as `hint: …`. */
function paragraph(text: string): string {
  return printable(text).replace(/\n(?=[^ \n])/g, "\n  ");
}

/**
 * Returns the same data with every string and every key made printable and put on one line, so that no view has to do
 * it and no name can forge a line.
 */
export function withoutControls<Value>(value: Value): Value {
  if (typeof value === "string") return lineOf(value) as Value;
  if (Array.isArray(value)) return value.map(withoutControls) as Value;
  if (typeof value !== "object" || value === null) return value;
  const clean = new Map<string, unknown>();
  for (const [key, item] of Object.entries(value)) {
    clean.set(freeKey(key, value, clean), withoutControls(item));
  }
  return Object.fromEntries(clean) as Value;
}

/** Returns the key in printable form. Different keys stay different. */
function freeKey(key: string, original: object, taken: ReadonlyMap<string, unknown>): string {
  let free = lineOf(key);
  if (free === key) return key;
  while (taken.has(free) || Object.hasOwn(original, free)) free += "\u{FFFD}";
  return free;
}

function documentText(value: unknown): string {
  return `${jsonText(value, 2)}\n`;
}
