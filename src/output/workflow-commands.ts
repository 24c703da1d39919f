import type { Environment } from "../core/child-environment.ts";

/**
 * Matches a `::` at the start of a line. The runner skips leading white space and ends a line at CR as well as LF.
 * Invisible characters count as white space, and so do line separators.
 */
const LINE_COMMAND =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colors and control characters may precede a command
  /(^|[\n\v\f\r\u0085\u2028\u2029])((?:\u001b\[[0-9;]*m|[^\S\n\v\f\r\u2028\u2029]|[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f])*):(?=:)/g;
/**
 * Matches older commands of the GitHub runner, which it recognizes anywhere in a line, and `##vso[` of the Azure
 * Pipelines agent.
 */
const MARKED_COMMAND = /##(?=(?:vso)?\[)/gi;

/**
 * Neutralizes commands of GitHub Actions and Azure Pipelines in text that may come from a service or a file.
 * `::` at the start of a line becomes `: :`, `##[` becomes `## [`, and `##vso[` becomes `## vso[`.
 */
export function breakWorkflowCommands(text: string): string {
  return text.replace(LINE_COMMAND, "$1$2: ").replace(MARKED_COMMAND, "## ");
}

/**
 * Returns whether something reads the output of this run and runs the commands in it, as GitHub Actions and Azure
 * Pipelines do.
 */
export function isWorkflowLog(env: Environment): boolean {
  return isInWorkflow(env) || env["TF_BUILD"]?.toLowerCase() === "true";
}

/** Returns whether this run is part of a GitHub Actions workflow. */
export function isInWorkflow(env: Environment): boolean {
  return env["GITHUB_ACTIONS"] === "true";
}
