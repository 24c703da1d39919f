import { expect, test } from "vitest";
import { runCli } from "../../support/run-cli.ts";

const SHOW = ["catalog", "show", "getUsersMe"];

test("ignores a comment at the end of a command line, which zsh passes on as words", async () => {
  const plain = await runCli(SHOW);
  expect(plain.exitCode).toBe(0);
  expect(await runCli([...SHOW, "#", "shows", "--every", "fact"])).toEqual(plain);
});

test("keeps a word that begins with # after a double hyphen", async () => {
  const { exitCode, stderr } = await runCli(["catalog", "show", "--", "#"]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain("`#`");
});
