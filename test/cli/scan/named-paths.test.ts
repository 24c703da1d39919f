import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadCatalogue } from "../../../src/catalogue/facts/load-catalogue.ts";
import { scanPaths } from "../../../src/cli/scan/scan-paths.ts";
import { tempDir } from "../../support/temp-dir.ts";

const catalogue = loadCatalogue();

/** Scans a tree of files. Returns each finding with its position, and with `?` when its method is not visible. */
async function findingsIn(files: Readonly<Record<string, readonly string[]>>): Promise<readonly string[]> {
  const root = await tempDir();
  for (const [name, lines] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), `${lines.join("\n")}\n`);
  }
  const found: string[] = [];
  for await (const { file, line, operation, path, candidates } of scanPaths([root], { catalogue })) {
    if (operation === null && candidates.length === 0) continue;
    found.push(
      `${file.slice(root.length + 1)}:${line} ${operation === null ? `? ${path}` : `${operation.method} ${operation.path}`}`,
    );
  }
  return found;
}

const PATHS = [
  "// Paths of Genesys Cloud",
  'export const SKILLS = "/api/v2/routing/skills";',
  "export const groupPath = (id) => `/api/v2/groups/${id}`;",
];

describe("a scanned path that a file defines without a method", () => {
  test("leaves no open question when another file calls it by its name", async () => {
    const found = await findingsIn({
      "paths.js": PATHS,
      "sync.js": [
        'import { groupPath, SKILLS } from "./paths.js";',
        "await client.post(SKILLS, skill);",
        "await client.delete(groupPath(id));",
      ],
    });
    expect(found).toEqual([
      "sync.js:2 POST /api/v2/routing/skills",
      "sync.js:3 DELETE /api/v2/groups/{groupId}",
    ]);
  });

  test("stays an open question when no code calls it", async () => {
    const found = await findingsIn({
      "paths.js": PATHS,
      "sync.js": ['import { SKILLS } from "./paths.js";', "await client.post(SKILLS, skill);"],
    });
    expect(found).toEqual(["paths.js:3 ? /api/v2/groups/{id}", "sync.js:2 POST /api/v2/routing/skills"]);
  });

  test("stays an open question when another file passes it on without a visible method", async () => {
    const found = await findingsIn({
      "paths.js": PATHS,
      "sync.js": [
        'import { groupPath, SKILLS } from "./paths.js";',
        "await client.post(SKILLS, skill);",
        "await client.delete(groupPath(id));",
        "await queue.enqueue(verb, SKILLS);",
      ],
    });
    expect(found).toContain("paths.js:2 ? /api/v2/routing/skills");
  });

  test("leaves no open question when another file only prints it", async () => {
    const found = await findingsIn({
      "paths.js": PATHS.slice(0, 2),
      "sync.js": [
        'import { SKILLS } from "./paths.js";',
        "console.log(SKILLS);",
        "await client.post(SKILLS, skill);",
      ],
    });
    expect(found).toEqual(["sync.js:3 POST /api/v2/routing/skills"]);
  });
});
