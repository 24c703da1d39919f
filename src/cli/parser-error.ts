import type { CommanderError } from "@commander-js/extra-typings";
import { UsageError } from "../core/errors.ts";

/**
 * Translates an error of commander, which keeps its message.
 * @param name the command that was called, for the hint; null when unknown
 */
export function translateCommanderError(error: CommanderError, name: string | null): UsageError {
  // The message of this error is only the name of a method.
  if (error.code === "commander.help") {
    return new UsageError("usage.arguments", "no command given", {
      hint: "list the commands with `genscope --help`, for a program with `genscope --help --json`",
    });
  }
  const [first = "", ...rest] = withoutValues(error.message.replace(/^error: /, "")).split("\n");
  const suggestion = rest
    .join(" ")
    .trim()
    .replace(/^\((.*)\)$/, "$1")
    .replace(SUGGESTION, (_text, names: string) => `did you mean \`${names.replaceAll(", ", "`, `")}\`?`);
  const message = first
    .replaceAll("'", "`")
    .replace(BAD_OPERAND, "value $1 of $2 is invalid: ")
    .replace(BAD_VALUE, " is invalid: ")
    .replace(/\.$/, "");
  return new UsageError("usage.arguments", message, {
    hint: UNKNOWN_SECRET.test(first)
      ? "pass a secret by environment or standard input, because other programs can read flags: set `GENESYSCLOUD_OAUTHCLIENT_SECRET` or `GENESYSCLOUD_ACCESS_TOKEN`, or pipe it to `genscope login --client-secret-stdin`"
      : suggestion === ""
        ? name === null
          ? "list the commands with `genscope --help`, their flags with `genscope COMMAND --help`"
          : `list its flags with \`genscope ${name} --help\``
        : suggestion.replaceAll("'", "`"),
  });
}

const SUGGESTION = /^Did you mean (?:one of )?(.{1,200})\?$/;
/** Commander's sentence end between the invalid value and the allowed ones. */
const BAD_VALUE = / is invalid\. (?:Allowed choices are )?/;
const BAD_OPERAND =
  /^command-argument value (.{1,500}) is invalid for argument (`[\w-]+`)\. Allowed choices are /;
const UNKNOWN_SECRET = /^unknown option '--[\w-]*(secret|password|token)/;

/** Removes the value of an unknown flag from the message, because it may be a secret. */
function withoutValues(message: string): string {
  return message.replace(/^(unknown option '(?:--[^='\s]+|-[^-'\s]))[^']*'/, "$1'");
}
