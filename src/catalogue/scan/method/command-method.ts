import { methodOfCallee, supposedMethod } from "./callee-method.ts";
import { certain, isMethod, type MethodEvidence, supposed } from "./method-evidence.ts";

const WORD_BEFORE =
  /(?<![\w-])(GET|POST|PUT|PATCH|DELETE|HEAD|get|post|put|patch|delete|head)(?:["'`*]{0,3}[:\s|]+["'`*(|\s]{0,6}|["'`]\s*,\s*["'`])(?:https?:\/\/|\S*\/|\$?\{|\{\{|\S*)$/;
const COMMAND =
  /(?:^|[\s"'`(=|;&$>:!\\])(curl|wget|xh|https?|Invoke-RestMethod|Invoke-WebRequest|irm|iwr)(?:\.exe)?\s/i;
const EXPLICIT =
  /(?:^|\s)(?:-X\s*|--request[=\s]+|--method[=\s]+|-Method[\s:]+)["']?(GET|POST|PUT|PATCH|DELETE|HEAD)\b/i;
const HIDDEN = /(?:^|\s)(?:-X\s*|--request[=\s]+|--method[=\s]+|-Method[\s:]+)["']?[$%{]/i;
const SENDS_BODY =
  /(?:^|\s)(?:-d|--data(?:-\w+)?|--json|-F|--form(?:-string)?|--post-(?:data|file))(?:[=\s"'@]|$)/;
const ASKS_HEAD = /(?:^|\s)(?:-I|--head|--spider)(?:\s|$)/;
const UPLOADS = /(?:^|\s)(?:-T|--upload-file)\s/;

/** Matches a Visual Basic call, which has no parentheses when used as a statement: `http.Open "GET", url`. */
const OPEN = /\.Open\s+"(GET|POST|PUT|PATCH|DELETE|HEAD)"\s*,/i;

/** Returns the HTTP method directly before a path, as in `POST /api/v2/users` or a table of operations. */
export function methodBefore(text: string): MethodEvidence | null {
  const method = WORD_BEFORE.exec(text.slice(-300))?.[1];
  return method === undefined || (method === method.toLowerCase() && !/[|`"']\s*\S*$/.test(text.slice(-40)))
    ? null
    : certain([method], "the word before the path");
}

/** Returns the HTTP method of the command line that contains the path: curl, wget, HTTPie, PowerShell. */
export function methodOfCommand(command: string, pathIndex: number): MethodEvidence | null {
  const start = lastCommandStart(command, pathIndex);
  const part = command.slice(start, endOfPart(command, pathIndex));
  const explicit = EXPLICIT.exec(part)?.[1];
  if (explicit !== undefined) return certain([explicit], "the command's method option");
  const program = COMMAND.exec(part.slice(0, pathIndex - start + 1))?.[1]?.toLowerCase();
  const opened = OPEN.exec(part.slice(0, pathIndex - start))?.[1];
  if (opened !== undefined) return certain([opened], "`Open`");
  if (HIDDEN.test(part)) return null;
  if (program === undefined) return methodOfCmdlet(part.slice(0, pathIndex - start + 1));
  if (program === "http" || program === "https" || program === "xh") {
    const word = part
      .trim()
      .split(/\s+/)
      .find((known) => isMethod(known));
    return word === undefined ? null : certain([word], `\`${program}\``);
  }
  if (program === "wget" || program === "curl") {
    if (ASKS_HEAD.test(part)) return certain(["HEAD"], `\`${program}\``);
    if (UPLOADS.test(part)) return certain(["PUT"], `\`${program}\``);
    const isGet = !SENDS_BODY.test(part) || /(?:^|\s)(?:-G|--get)(?:\s|$)/.test(part);
    return certain([isGet ? "GET" : "POST"], `\`${program}\``);
  }
  return certain(["GET"], `\`${program}\``);
}

/**
 * Returns the HTTP method that the name of a PowerShell function specifies or suggests, as in `Invoke-ApiGet -Path …`.
 */
function methodOfCmdlet(before: string): MethodEvidence | null {
  const name = Array.from(before.matchAll(/(?<![\w$-])([A-Z]\w+-[A-Z]\w+)(?=\s+-\w)/g)).at(-1)?.[1];
  if (name === undefined) return null;
  const verb = methodOfCallee(name);
  if (verb !== null) return certain([verb], `\`${name}\``);
  const method = supposedMethod(name);
  return method === null ? null : supposed(method, name);
}

/**
 * Returns the HTTP method of a command in list form: `["curl", "-X", "POST", …]`; null when the list is not a command.
 */
export function methodOfArguments(elements: readonly string[]): MethodEvidence | null {
  const words = elements.map((element) => element.replace(/^[fbr]?["'`]|["'`]$/g, ""));
  const command = words.join(" ");
  return /^(?:curl|wget)$/.test(words[0] ?? "") ? methodOfCommand(command, command.length) : null;
}

/**
 * Returns where the command that contains `index` begins on a line with several commands, separated by `;`, `|`, `||`,
 * `&&` or `$(`.
 */
function lastCommandStart(command: string, index: number): number {
  const before = command.slice(0, index);
  const separators = Array.from(before.matchAll(/(?:&&|\|\||[;|](?=\s)|\$\((?=\w))/g));
  const last = separators.at(-1);
  return last === undefined ? 0 : last.index + last[0].length;
}

function endOfPart(command: string, index: number): number {
  const separator = /&&|\|\||[;|](?=\s)/.exec(command.slice(index));
  return separator === null ? command.length : index + separator.index;
}
