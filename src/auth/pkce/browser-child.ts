import { text } from "node:stream/consumers";
import open from "open";
import type { BrowserRequest } from "./browser.ts";

// This is a separate program because `open` gives the browser the whole environment of its process. It reads one
// request from standard input. Standard output carries the failure message, or nothing.

// Only the parent process, of the same version, writes to this pipe.
const { target, app } = JSON.parse(await text(process.stdin)) as BrowserRequest;
try {
  await open(target, app === null ? {} : { app: { name: app.name, arguments: app.words } });
} catch (error) {
  process.stdout.write(error instanceof Error ? error.message : String(error));
}
