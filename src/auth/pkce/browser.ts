import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { childEnvironment, type Environment } from "../../core/child-environment.ts";

/**
 * Opens a URL in the user's browser.
 * @param until aborted when the browser no longer has to reach the URL
 */
export type BrowserOpener = (url: string, until: AbortSignal) => Promise<void>;

/**
 * Variables that contain the browser's command. The official CLI's variable comes first because it is more
 * specific.
 */
const VARIABLES = ["GENESYSCLOUD_BROWSER", "BROWSER"] as const;

/** Target that the helper process opens, and the program to open it with; null for the system's browser. */
export interface BrowserRequest {
  readonly target: string;
  readonly app: { readonly name: string; readonly words: string[] } | null;
}

export interface BrowserOptions {
  readonly env: Environment;
  /** Path of the Node executable that runs the helper. */
  readonly nodePath: string;
  /** Helper program; by default the built one, next to this module in the package. */
  readonly helper?: URL;
}

/**
 * Returns a function that opens the system's browser, or the command of `GENESYSCLOUD_BROWSER` or `BROWSER`.
 * The command is split at spaces; the URL replaces `%s` or is appended. The URL never reaches a shell, and
 * the browser gets only the variables that child processes may see.
 * @throws Error when the command does not start
 */
export function browserOf(options: BrowserOptions): (address: string) => Promise<void> {
  const command = VARIABLES.map((name) => options.env[name]?.trim() ?? "").find((words) => words !== "");
  return async (url) => await runHelper(requestOf(url, command ?? ""), options);
}

function requestOf(url: string, command: string): BrowserRequest {
  const [name, ...words] = command.split(/\s+/).filter((word) => word !== "");
  if (name === undefined) {
    // Under WSL the browser is a Windows program: `open` translates paths for it, but not `file:` URLs.
    return { target: url.startsWith("file:") ? fileURLToPath(url) : url, app: null };
  }
  if (!words.some((word) => word.includes("%s"))) return { target: url, app: { name, words } };
  // `open` always appends a target to the arguments. The last word is therefore passed as the target, because one of
  // the words already contains the URL.
  const [last = url, ...before] = words.map((word) => word.replaceAll("%s", url)).reverse();
  return { target: last, app: { name, words: before.reverse() } };
}

async function runHelper(request: BrowserRequest, { env, nodePath, helper }: BrowserOptions): Promise<void> {
  const file = fileURLToPath(helper ?? new URL("./browser-child.js", import.meta.url));
  const child = spawn(nodePath, [file], {
    env: childEnvironment(env),
    stdio: ["pipe", "pipe", "ignore"],
    windowsHide: true,
  });
  // A helper that exits before it has read everything is reported by its exit code.
  child.stdin.on("error", () => {});
  child.stdin.end(JSON.stringify(request));
  const [[exitCode], failure] = await Promise.all([once(child, "close"), text(child.stdout)]);
  if (failure !== "") throw new Error(failure);
  if (exitCode !== 0) throw new Error(`the browser helper exited with code ${exitCode}`);
}
