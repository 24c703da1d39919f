import { expect, test } from "vitest";
import { type DirectoryState, judgeDirectory } from "../../../src/cli/doctor/config-directory.ts";

const PATH = "/home/agent1/.config/genscope";
const OWN: DirectoryState = { isDirectory: true, userId: 1000, mode: 0o700, isWritable: true };

test.each<[string, DirectoryState | null, string, string, string | null]>([
  [
    "accepts an absent directory",
    null,
    "ok",
    `\`${PATH}\` does not exist yet: the first login creates it`,
    null,
  ],
  ["accepts a private directory", OWN, "ok", `\`${PATH}\`, mode 700`, null],
  [
    "warns about a directory that a group can read",
    { ...OWN, mode: 0o740 },
    "warning",
    `\`${PATH}\` is accessible to other users (mode 740)`,
    `\`chmod 700 ${PATH}\``,
  ],
  [
    "warns about another user's directory",
    { ...OWN, userId: 0 },
    "warning",
    `\`${PATH}\` belongs to another user, who controls your profiles`,
    `inspect it, then take ownership: \`sudo chown 1000 ${PATH}\``,
  ],
  [
    "warns about a read-only directory",
    { ...OWN, mode: 0o500, isWritable: false },
    "warning",
    `\`${PATH}\` cannot be written: no login can be stored and no profile changed`,
    "set `GENSCOPE_CONFIG_DIR` to a directory that you own",
  ],
])("%s", (_, state, status, summary, hint) => {
  expect(judgeDirectory(PATH, state, { userId: 1000 })).toMatchObject({ status, summary, hint });
});

test("the check of the configuration directory ignores owner and mode where files have neither", () => {
  expect(judgeDirectory(PATH, { ...OWN, userId: 0, mode: 0o666 }, { userId: null })).toMatchObject({
    status: "ok",
    summary: `\`${PATH}\``,
    facts: { mode: null },
  });
});
