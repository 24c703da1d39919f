import { fileURLToPath } from "node:url";
import open from "open";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Shows an address to the person.
 * @param until aborted when the browser need not reach the address any more
 */
export type BrowserOpener = (url: string, until: AbortSignal) => Promise<void>;

/** The official CLI's variable first: it is the more specific one. */
const VARIABLES = ["GENESYSCLOUD_BROWSER", "BROWSER"] as const;

/**
 * Opens the system's browser, or the command of `GENESYSCLOUD_BROWSER` or `BROWSER`: words separated by blanks,
 * the address put in for `%s` or added at the end. No shell sees the address.
 * @throws whatever keeps the command from starting
 */
export function browserOf(env: Environment): (address: string) => Promise<void> {
  const command = VARIABLES.map((name) => env[name]?.trim() ?? "").find((text) => text !== "");
  return async (url) => {
    const [name, ...words] = (command ?? "").split(/\s+/).filter((word) => word !== "");
    if (name === undefined) {
      // Under WSL the browser is a Windows program: `open` translates paths for it, but no `file:` URLs.
      await open(url.startsWith("file:") ? fileURLToPath(url) : url);
    } else if (words.some((word) => word.includes("%s"))) {
      // The opener puts the address last; as an argument of its own it must not appear a second time.
      const [last = url, ...before] = words.map((word) => word.replaceAll("%s", url)).reverse();
      await open(last, { app: { name, arguments: before.reverse() } });
    } else {
      await open(url, { app: { name, arguments: words } });
    }
  };
}
