import { text } from "node:stream/consumers";
import open from "open";
import type { BrowserRequest } from "./browser.ts";

// The program of a process of its own, because `open` gives a browser the whole environment of its process. One
// request on standard input; the words of a failure, or nothing, on standard output.

// Only the parent writes here, in the same version of the program.
const { target, app } = JSON.parse(await text(process.stdin)) as BrowserRequest;
try {
  await open(target, app === null ? {} : { app: { name: app.name, arguments: app.words } });
} catch (error) {
  process.stdout.write(error instanceof Error ? error.message : String(error));
}
