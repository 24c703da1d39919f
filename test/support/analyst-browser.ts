// A command for `BROWSER`: opens the given page, logs in as the analyst, allows access and follows the redirect.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { logInAndAllow } from "./visitor.ts";

const [, , page = ""] = process.argv;
const [, escaped = ""] = /href="([^"]+)"/.exec(readFileSync(fileURLToPath(page), "utf8")) ?? [];
const address = escaped.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
await fetch(await logInAndAllow(address));
