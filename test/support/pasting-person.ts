// Runs a login that prints an address. Logs in at that address as the analyst, and pastes the final address of the
// browser.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { logInAndAllow } from "./visitor.ts";

const [, , command = "", ...args] = process.argv;
const login = spawn(command, args, { stdio: ["pipe", "inherit", "pipe"] });
const ended = new Promise<number>((resolve) => login.once("close", (code) => resolve(code ?? 1)));
for await (const line of createInterface({ input: login.stderr })) {
  process.stderr.write(`${line}\n`);
  const [address] = /https?:\/\/\S+\/oauth\/authorize\?\S+/.exec(line) ?? [];
  if (address !== undefined) login.stdin.write(`${await logInAndAllow(address)}\n`);
}
process.exitCode = await ended;
