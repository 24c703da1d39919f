import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { serve } from "./loopback-server.ts";
import { tempDir } from "./temp-dir.ts";

/** A command for `BROWSER`, and the first address that it received. It is the address of a page on this machine. */
export interface BrowserCommand {
  readonly path: string;
  readonly opened: Promise<string>;
}

/** Creates a browser command that passes the address to the test, which opens it in a real browser. */
export async function browserCommand(): Promise<BrowserCommand> {
  let tell: (url: string) => void = () => {};
  const opened = new Promise<string>((resolve) => {
    tell = resolve;
  });
  const door = await serve(({ body }, response) => {
    tell(body);
    response.end();
  });
  const path = join(await tempDir(), "open-browser");
  await writeFile(
    path,
    `#!/usr/bin/env node\nfetch("${door.url}", { method: "POST", body: process.argv[2] });\n`,
  );
  await chmod(path, 0o700);
  return { path, opened };
}
