import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { HELP_TOPICS, type TopicName } from "../../src/cli/help-topics.ts";
import { footerOf } from "../../src/cli/root.ts";
import { TOPIC_PAGES } from "../../src/cli/topics/pages.ts";
import { buildProgram, listCommands } from "./command-tree.ts";

const README = readFileSync(join(import.meta.dirname, "../../README.md"), "utf8");

/** One command line that the README or the help shows. */
export interface Example {
  /** Where it is shown: a heading of the README, or `help of COMMAND`. */
  readonly place: string;
  readonly line: string;
}

/** A file that the README shows and that a later command reads. */
export interface ShownFile {
  readonly name: string;
  readonly text: string;
}

/** Returns the policy file that the README shows. */
export function shownPolicy(): ShownFile {
  const [, text] = /^```yaml\n((?:#[^\n]*\n)?version: 1\n[\s\S]*?)^```$/m.exec(README) ?? [];
  if (text === undefined) throw new Error("the README shows no policy");
  return { name: "genscope.policy.yaml", text };
}

/**
 * Returns the examples of the README in order: the lines of its shell blocks, and the genscope commands in its
 * pipelines and sentences.
 */
export function readmeExamples(): readonly Example[] {
  const examples: Example[] = [];
  let place = "README";
  for (const [, heading, language, block, prose] of README.matchAll(
    /^#{1,4} (.+)$|^```(\w+)\n([\s\S]*?)^```$|^((?!```|#).+)$/gm,
  )) {
    if (heading !== undefined) place = heading;
    const lines =
      language === "sh"
        ? shellLines(block ?? "")
        : block === undefined
          ? quotedIn(prose ?? "")
          : embeddedIn(block);
    examples.push(...lines.map((line) => ({ place, line })));
  }
  return unique(examples);
}

/** Returns the examples of every help page and help topic, except those in `earlier`. */
export async function helpExamples(earlier: readonly Example[]): Promise<readonly Example[]> {
  const examples: Example[] = [...earlier];
  const pages: readonly { readonly name: string; readonly command: CommandUnknownOpts }[] = [
    { name: "genscope", command: await buildProgram() },
    ...(await listCommands()),
  ];
  for (const { name, command } of pages) {
    const place = `help of ${name}`;
    examples.push(...footerOf(command).examples.map(([line]) => ({ place, line })));
  }
  for (const { name } of HELP_TOPICS) {
    const place = `help ${name}`;
    examples.push(
      ...shownByTopic(name).flatMap((lines) => embeddedIn(lines).map((line) => ({ place, line }))),
      ...TOPIC_PAGES[name]().examples.map(([line]) => ({ place, line })),
    );
  }
  return unique(examples).slice(earlier.length);
}

/** Returns the files, parts of files and statements that a help topic shows, in order. */
export function shownByTopic(name: TopicName): readonly string[] {
  return TOPIC_PAGES[name]().sections.flatMap((section) =>
    typeof section !== "string" && "lines" in section ? [section.lines] : [],
  );
}

/** Returns the lines of a shell block without comments. A backslash at the end joins a line with the next. */
function shellLines(block: string): readonly string[] {
  return block
    .replace(/\\\n/g, "")
    .split("\n")
    .map((line) => line.replace(/(?:^|\s+)#\s.*$/, "").trim())
    .filter((line) => line !== "");
}

/**
 * Returns the genscope commands in a pipeline, a systemd unit or a manifest. A backslash at the end joins a line with
 * the next.
 */
function embeddedIn(block: string): readonly string[] {
  const text = block
    .replace(/ \\\n\s*/g, " ")
    .replace(/args: \[(token.*)\]/g, (_, words: string) => ["genscope", ...words.split(", ")].join(" "));
  const commands = text.matchAll(
    /\bgenscope (?:check-scopes|export|token)\b.*?(?='+$|"$| (?:\|\|?|&&)$| :::|$)/gm,
  );
  return Array.from(commands, ([command]) => command);
}

/** Returns the genscope commands between backticks in a sentence or a table. */
function quotedIn(prose: string): readonly string[] {
  return Array.from(prose.matchAll(/`((?:eval "\$\()?genscope [^`]+)`/g), ([, command = ""]) =>
    command.replaceAll("\\|", "|"),
  );
}

/** Keeps only the first of several equal lines. */
function unique(examples: readonly Example[]): readonly Example[] {
  const seen = new Set<string>();
  return examples.filter(({ line }) => !seen.has(line) && seen.add(line));
}
