/**
 * A `::` at the start of a line. The runner skips leading white space and ends a line at CR as well as LF. Characters
 * that no reader sees count as white space, and so do line separators.
 */
const LINE_COMMAND =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colors and control characters may precede a command
  /(^|[\n\v\f\r\u0085\u2028\u2029])((?:\u001b\[[0-9;]*m|[^\S\n\v\f\r\u2028\u2029]|[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f])*):(?=:)/g;
/** The runner finds its older commands anywhere in a line. */
const OLD_COMMAND = /##(?=\[)/g;

/**
 * Breaks workflow commands of GitHub Actions in text that may come from a service or a file. `::` at the start of a
 * line becomes `: :` and `##[` becomes `## [`.
 */
export function breakWorkflowCommands(text: string): string {
  return text.replace(LINE_COMMAND, "$1$2: ").replace(OLD_COMMAND, "## ");
}

/** Whether this run happens inside a workflow of GitHub Actions. */
export function isInWorkflow(env: Readonly<Record<string, string | undefined>>): boolean {
  return env["GITHUB_ACTIONS"] === "true";
}
