import { expect, test } from "vitest";
import { loadCatalogue } from "../../../src/catalogue/facts/load-catalogue.ts";
import { indexOperations } from "../../../src/catalogue/scan/read/operation-index.ts";
import { createScanIndex } from "../../../src/catalogue/scan/read/scan-index.ts";
import { holdsNames, scanText } from "../../../src/catalogue/scan/scan-text.ts";
import { absentDir } from "../../support/temp-dir.ts";

/**
 * Length of the longest source that a scan reads. A regular expression can need eight bytes of its stack per
 * character.
 */
const LENGTH = 8 * 1024 * 1024;
const index = createScanIndex(indexOperations(loadCatalogue({ cacheDirectory: absentDir(), apiUrl: null })));

const TEXTS: readonly (readonly [name: string, file: string, head: string, unit: string])[] = [
  ["tabs after a path", "a.cs", '"/api/v2/users"\n', "\t"],
  ["line feeds after a path", "a.go", '"/api/v2/users"', "\n"],
  ["options after a command", "a.sh", "gc ", "--aa=b "],
  ["spaces after a command", "a.sh", "gc", " "],
  ["a long value of an option", "a.sh", "gc --profile=", "a"],
  ["words after a command", "a.sh", "gc users ", "a"],
  ["spaces in a list of arguments", "a.py", '["gc"', " "],
  [
    "a long method name in capital letters",
    "a.ts",
    "import platformClient from 'genesys'\nusersApi.get",
    "A",
  ],
  ["a long method name with underscores", "a.py", "import PureCloudPlatformClientV2\nusers_api.get", "_a"],
  ["spaces after an SDK class", "a.js", "import platformClient from 'genesys'\nusersApi", " "],
  ["a method name with one long word", "a.rb", "require 'genesys'\nusers_api.get_", "a"],
];

test.each(TEXTS)("scans 8 MiB of %s within the time limit", (_name, file, head, unit) => {
  const text = head + unit.repeat(Math.ceil(LENGTH / unit.length));
  holdsNames(file, text, index);
  expect(scanText(text, { file, index }).length).toBeLessThan(2);
});
