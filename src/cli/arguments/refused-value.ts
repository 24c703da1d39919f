import type { Argument, CommandUnknownOpts, Option } from "@commander-js/extra-typings";
import { closest } from "../../core/closest.ts";
import { UsageError } from "../../core/errors.ts";
import { oneLine } from "../../core/text.ts";

type KnownOption = Pick<Option, "flags" | "long" | "argChoices" | "defaultValue">;

const REFUSED = /^option '(.+?)' argument '([\s\S]*)' is invalid\. (?:Allowed choices are )?(.*?)\.?$/;
const WITHOUT_VALUE = /^option '(.+)' argument missing$/;
const REFUSED_OPERAND = /^command-argument value '([\s\S]*)' is invalid for argument '([\w-]+)'/;
const LONGEST_VALUE = 60;

/**
 * Returns the error for a value that an option does not accept; null when the text describes another mistake.
 */
export function refuseValue(text: string, options: readonly KnownOption[]): UsageError | null {
  const [, flags, value = "", reason = ""] = REFUSED.exec(text) ?? [];
  const option = options.find((known) => known.flags === flags);
  if (option === undefined) return null;
  const flag = option.long ?? option.flags;
  const choices = option.argChoices ?? [];
  return refusal(
    `\`${oneLine(value, LONGEST_VALUE)}\` is not a value of \`${flag}\``,
    choices.length > 0
      ? adviseChoice(value, choices, flag)
      : `use ${reason}: ${flag} ${exampleOf(option, reason)}`,
  );
}

/** Returns the error for an option whose value is missing; null when the text describes another mistake. */
export function requireValue(text: string, options: readonly KnownOption[]): UsageError | null {
  const [, flags] = WITHOUT_VALUE.exec(text) ?? [];
  const option = options.find((known) => known.flags === flags);
  if (option === undefined) return null;
  const flag = option.long ?? option.flags;
  const choices = option.argChoices ?? [];
  const [, placeholder = "value"] = /<([\w-]+)/.exec(option.flags) ?? [];
  return refusal(
    `\`${flag}\` needs a value`,
    choices.length > 0 ? adviseChoice("", choices, flag) : `write ${flag} ${placeholder.toUpperCase()}`,
  );
}

/** Returns the error for an argument that is not one of the choices; null when the text describes another mistake. */
export function refuseOperand(text: string, command: CommandUnknownOpts, name: string): UsageError | null {
  const [, value = "", argument] = REFUSED_OPERAND.exec(text) ?? [];
  const found = command.registeredArguments.find((known: Argument) => known.name() === argument);
  if (found?.argChoices === undefined) return null;
  return refusal(
    `\`${oneLine(value, LONGEST_VALUE)}\` is not a ${argument} of \`${name}\``,
    adviseChoice(value, found.argChoices, name),
  );
}

function refusal(message: string, hint: string): UsageError {
  return new UsageError("usage.arguments", message, { hint });
}

/** @param before the part of the command line that precedes the value */
function adviseChoice(value: string, choices: readonly string[], before: string): string {
  const [near] = closest(value, choices, 1, Math.max(1, Math.floor(value.length / 3)));
  const list = choices.join(", ");
  if (near !== undefined) return `did you mean \`${before} ${near}\`? The choices are ${list}`;
  return `${choices.length === 1 ? "its only value is" : "choose one of"} ${list}: ${before} ${choices[0]}`;
}

/** Returns a value to show as an example: the option's default, or the first number in the reason. */
function exampleOf({ defaultValue }: KnownOption, reason: string): string {
  if (typeof defaultValue === "number") return String(defaultValue);
  return /\d+/.exec(reason)?.[0] ?? "VALUE";
}
