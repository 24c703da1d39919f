import { expect, test } from "vitest";
import { loadCatalogue } from "../../../src/catalogue/facts/load-catalogue.ts";
import { READS, SCOPE_PROBES } from "../../../src/platform/reading/reads.ts";

const catalogue = loadCatalogue();
const all = [...Object.values(READS), ...SCOPE_PROBES];

test.each(all.map((read) => [read.path, read] as const))(
  "the read of %s declares the permissions and scopes that the catalog lists for it",
  (path, read) => {
    const operation = catalogue.find("GET", path);

    expect(operation?.path).toBe(path);
    expect(operation?.permissions).toEqual(read.permissions);
    expect([...(operation?.scopes ?? [])].toSorted()).toEqual([...read.scopes].toSorted());
  },
);

test.each(SCOPE_PROBES.map((probe) => probe.path))(
  "the probe %s needs no permission and no parameter",
  (path) => {
    expect(catalogue.find("GET", path)?.permissionMode).toBe("NONE");
    expect(path).not.toContain("{");
  },
);
