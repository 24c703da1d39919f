// Makes the packaged catalogue (src/catalogue/facts/data/*.txt) from a directory of fact files:
//   permission-catalog.json  operations, permissions, scopes; oauth-scopes.json  scopes with a description;
//   error-codes.json         refusals the definition declares, and the operations for users or clients only.
// Usage: npx tsx .build/import-facts.ts DIRECTORY
// What it decides, beyond copying:
// - An operation is for users only, or for clients only, when either file says so: one knows the declared error
//   codes, the other the descriptions as well.
// - A permission that a description spells differently from the formal lists gets the formal spelling,
//   and is left out where the operation lists it formally.
// `command-verbs.txt` is not made here: it holds the verbs of the official CLI (see its first line).
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type {
  GrantRule,
  Operation,
  OtherAuthentication,
  Provenance,
} from "../src/catalogue/facts/operation.ts";
import { encodeOperationFile, NO_VALIDATORS } from "../src/catalogue/facts/operation-file.ts";
import { encodeRefusalMessage } from "../src/catalogue/facts/refusal.ts";
import { encodeScope, type Scope } from "../src/catalogue/facts/scope.ts";
import { encodeTable } from "../src/catalogue/facts/text-table.ts";

interface OperationFacts {
  readonly method: string;
  readonly path: string;
  readonly operationId: string;
  readonly tag: string;
  readonly permissionMode: Operation["permissionMode"];
  readonly permissions: readonly string[];
  readonly conditionalPermissions?: readonly string[];
  readonly scopes: readonly string[];
  readonly scopeSource: "published" | "inferred";
  readonly scopeConfidence?: "high" | "medium" | "low" | "none";
  readonly grantRule?: GrantRule;
  readonly auth?: OtherAuthentication;
  readonly deprecated?: boolean;
  readonly preview?: boolean;
  readonly note?: string;
}

interface Origin {
  readonly repository: string;
  readonly version?: string;
  readonly date: string;
}

interface PermissionCatalogue {
  readonly generatedFrom: {
    readonly operationsAndPermissions: Origin;
    readonly publishedScopes: Origin;
    readonly scopeCheck: Origin;
    readonly permissionCheck: Origin;
  };
  readonly operations: readonly OperationFacts[];
  readonly removedOperations: readonly OperationFacts[];
}

interface ErrorCodes {
  readonly source: string;
  readonly errors: readonly {
    readonly status: number;
    readonly code: string;
    readonly message: string;
    readonly operations: number;
    readonly examples: readonly string[];
  }[];
  readonly userContextOnly: readonly string[];
  readonly clientContextOnly: readonly string[];
}

interface OauthScopes {
  readonly generatedFrom: { readonly date: string };
  readonly scopes: readonly {
    readonly scope: string;
    readonly description: string;
    readonly status: string;
  }[];
}

const SCOPE_STATUSES: Readonly<Record<string, Scope["status"]>> = {
  current: "current",
  "only-on-removed-operations": "removed-operations",
  "definition-only": "definition-only",
  unconfirmed: "unconfirmed",
};

const [directory] = process.argv.slice(2);
if (directory === undefined) throw new Error("usage: npx tsx .build/import-facts.ts DIRECTORY");
const permissionCatalogue = await readFacts<PermissionCatalogue>("permission-catalog.json");
const errorCodes = await readFacts<ErrorCodes>("error-codes.json");
const oauthScopes = await readFacts<OauthScopes>("oauth-scopes.json");

const from = permissionCatalogue.generatedFrom;
const sdk = nameOf(from.operationsAndPermissions);
const published: Provenance = {
  source: `${sdk}; scopes: published definition of July 2026`,
  date: from.operationsAndPermissions.date,
};
const inferred: Provenance = {
  source: `${sdk}; scopes: inferred from related operations`,
  date: from.operationsAndPermissions.date,
};
const unknown: Provenance = { source: `${sdk}; scopes: not known`, date: inferred.date };
const onlyBefore: Provenance = {
  source: "earlier published definitions; no longer in the API",
  date: from.operationsAndPermissions.date,
};

const formalSpellings = new Map(
  permissionCatalogue.operations
    .flatMap(({ permissions }) => permissions)
    .map((permission) => [permission.toLowerCase(), permission]),
);
const userOnly = new Set(errorCodes.userContextOnly);
const clientOnly = new Set(errorCodes.clientContextOnly);

await write(
  "operations.txt",
  encodeOperationFile(
    {
      date: from.operationsAndPermissions.date,
      parts: [
        { part: "operations and permissions", source: sdk, date: from.operationsAndPermissions.date },
        {
          part: "published scopes, grant rules and refusals",
          source: "published definition of July 2026",
          date: from.publishedScopes.date,
        },
        { part: "check of scopes", source: nameOf(from.scopeCheck), date: from.scopeCheck.date },
        {
          part: "check of permissions",
          source: nameOf(from.permissionCheck),
          date: from.permissionCheck.date,
        },
      ],
      validators: { released: NO_VALIDATORS, preview: NO_VALIDATORS },
    },
    permissionCatalogue.operations.map((facts) => toOperation(facts, provenanceOf(facts))),
    permissionCatalogue.removedOperations.map((facts) => toOperation(facts, onlyBefore)),
  ),
);
await write(
  "scopes.txt",
  encodeTable("genscope-scopes", {
    provenance: {
      source: "descriptions by genscope, names of the definition",
      date: oauthScopes.generatedFrom.date,
    },
    rows: oauthScopes.scopes.map(({ scope, description, status }) =>
      encodeScope({ name: scope, description, status: SCOPE_STATUSES[status] ?? "unconfirmed" }),
    ),
  }),
);
await write(
  "refusals.txt",
  encodeTable("genscope-refusals", {
    provenance: { source: errorCodes.source, date: from.publishedScopes.date },
    rows: errorCodes.errors.map(({ status, code, message, operations, examples }) =>
      encodeRefusalMessage(status, code, { template: message, operationCount: operations, examples }),
    ),
  }),
);

function toOperation(facts: OperationFacts, provenance: Provenance): Operation {
  const name = `${facts.method} ${facts.path}`;
  const isUnknown = facts.scopeConfidence === "none";
  return {
    method: facts.method,
    path: facts.path,
    operationId: facts.operationId,
    tag: facts.tag,
    permissionMode: facts.permissionMode,
    permissions: facts.permissions,
    conditionalPermissions: (facts.conditionalPermissions ?? [])
      .map((permission) => formalSpellings.get(permission.toLowerCase()) ?? permission)
      .filter((permission) => !facts.permissions.includes(permission)),
    scopes: isUnknown ? null : facts.scopes,
    scopeSource: scopeSourceOf(facts),
    grantRule:
      facts.grantRule ??
      (userOnly.has(name)
        ? "not-client-credentials"
        : clientOnly.has(name)
          ? "client-credentials-only"
          : null),
    otherAuthentication: facts.auth ?? null,
    isDeprecated: facts.deprecated ?? false,
    isPreview: facts.preview ?? false,
    note: facts.note ?? null,
    provenance,
  };
}

function provenanceOf({ scopeSource, scopeConfidence }: OperationFacts): Provenance {
  if (scopeSource === "published") return published;
  return scopeConfidence === "none" ? unknown : inferred;
}

function scopeSourceOf({ scopeSource, scopeConfidence }: OperationFacts): Operation["scopeSource"] {
  if (scopeSource === "published") return "published";
  return scopeConfidence === undefined || scopeConfidence === "none"
    ? "unknown"
    : `inferred-${scopeConfidence}`;
}

function nameOf({ repository, version }: Origin): string {
  return [repository.slice(repository.indexOf("/") + 1), version]
    .filter((part) => part !== undefined)
    .join(" ");
}

async function readFacts<Facts>(name: string): Promise<Facts> {
  return JSON.parse(await readFile(join(directory ?? ".", name), "utf8")) as Facts;
}

async function write(name: string, text: string): Promise<void> {
  await writeFile(new URL(`../src/catalogue/facts/data/${name}`, import.meta.url), text);
}
