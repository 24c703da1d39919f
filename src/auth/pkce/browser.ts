import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { childEnvironment } from "../../core/child-environment.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Shows an address to the person.
 * @param until aborted when the browser need not reach the address any more
 */
export type BrowserOpener = (url: string, until: AbortSignal) => Promise<void>;

/** The official CLI's variable first: it is the more specific one. */
const VARIABLES = ["GENESYSCLOUD_BROWSER", "BROWSER"] as const;

/** What the helper process opens, and with which program; null for the system's browser. */
export interface BrowserRequest {
  readonly target: string;
  readonly app: { readonly name: string; readonly words: string[] } | null;
}

export interface BrowserOptions {
  readonly env: Environment;
  /** The Node that runs the helper. */
  readonly nodePath: string;
  /** The helper; the built one, beside this module in the package, when absent. */
  readonly helper?: URL;
}

/**
 * Opens the system's browser, or the command of `GENESYSCLOUD_BROWSER` or `BROWSER`: words separated by blanks,
 * the address put in for `%s` or added at the end. No shell sees the address, and the browser sees the variables
 * that child processes may see.
 * @throws Error when the command does not start
 */
export function browserOf(options: BrowserOptions): (address: string) => Promise<void> {
  const command = VARIABLES.map((name) => options.env[name]?.trim() ?? "").find((words) => words !== "");
  return async (url) => await runHelper(requestOf(url, command ?? ""), options);
}

function requestOf(url: string, command: string): BrowserRequest {
  const [name, ...words] = command.split(/\s+/).filter((word) => word !== "");
  if (name === undefined) {
    // Under WSL the browser is a Windows program: `open` translates paths for it, but no `file:` URLs.
    return { target: url.startsWith("file:") ? fileURLToPath(url) : url, app: null };
  }
  if (!words.some((word) => word.includes("%s"))) return { target: url, app: { name, words } };
  // The opener puts the address last; as an argument of its own it must not appear a second time.
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
  // A helper that dies before it has read everything is seen by its end.
  child.stdin.on("error", () => {});
  child.stdin.end(JSON.stringify(request));
  const [[exitCode], failure] = await Promise.all([once(child, "close"), text(child.stdout)]);
  if (failure !== "") throw new Error(failure);
  if (exitCode !== 0) throw new Error(`the browser's helper ended with ${exitCode}`);
}
