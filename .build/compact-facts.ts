// Generates the compact files that genscope reads (src/catalogue/facts/data) from the facts in
// src/catalogue/facts/sources. Usage: `npx tsx .build/compact-facts.ts`. To change a fact, edit its source, which has
// one JSON object per line. A test fails until the compact form is current. `command-verbs.txt` and
// `invented-paths.txt` have no source: they are lists written by hand.
import { readFile, writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import {
  ANNOUNCEMENTS_KIND,
  type Announcement,
  encodeAnnouncement,
} from "../src/catalogue/changes/announcement.ts";
import type { Caveat } from "../src/catalogue/facts/caveat.ts";
import { encodeCaveatFile } from "../src/catalogue/facts/caveat-file.ts";
import type { PlacedCaveat } from "../src/catalogue/facts/caveat-line.ts";
import type {
  GrantRule,
  Operation,
  OtherAuthentication,
  Provenance,
} from "../src/catalogue/facts/operation.ts";
import { encodeOperationFile, NO_VALIDATORS } from "../src/catalogue/facts/operation-file.ts";
import { encodeRefusalMessage } from "../src/catalogue/facts/refusal.ts";
import { encodeScope, type Scope } from "../src/catalogue/facts/scope.ts";
import {
  encodeTerraformType,
  TERRAFORM_KIND,
  type TerraformBlock,
  type TerraformCall,
} from "../src/catalogue/facts/terraform-type.ts";
import {
  type DeclaredParameters,
  encodeQueryParameters,
  QUERY_PARAMETERS_KIND,
} from "../src/catalogue/facts/text/query-parameters.ts";
import { encodeTable } from "../src/catalogue/facts/text/text-table.ts";
import { encodeTopic, TOPICS_KIND, type Topic } from "../src/catalogue/facts/topic.ts";

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
  /** True for an operation that an earlier API definition had and the current one lacks. */
  readonly removed?: true;
}

interface TerraformFacts {
  readonly block: TerraformBlock;
  readonly type: string;
  readonly operations: readonly string[];
  readonly onlyToCreate?: string;
  readonly onlyToDelete?: string;
}

type AnnouncementFacts = Pick<Announcement, "date" | "kind" | "statement" | "source"> &
  Partial<Pick<Announcement, "operations" | "permissions" | "grantType" | "supersededBy">> & {
    readonly confidence: "confirmed" | "inferred";
    readonly disputed?: readonly { readonly date: string }[];
  };

interface CaveatSources {
  readonly sources: Readonly<Record<string, Provenance>>;
}

interface CaveatFacts {
  readonly method: string;
  readonly path: string;
  readonly kind: Caveat["kind"];
  readonly effect: Caveat["effect"];
  readonly statement: string;
  readonly confidence: "confirmed" | "inferred";
  readonly source: string;
  readonly permissions?: readonly string[];
  readonly condition?: Readonly<Record<string, string | boolean>>;
  readonly cases?: readonly CaseFacts[];
  readonly clearedBy?: "holding all of permissions";
  readonly codes?: readonly string[];
  readonly class?: Caveat["readingClass"];
}

interface CaseFacts {
  readonly when: string | { readonly path?: string; readonly query?: string; readonly value: string };
  readonly permissions?: readonly string[] | null;
  readonly confidence?: "confirmed" | "inferred" | "unknown";
}

interface Origin {
  readonly repository: string;
  readonly version?: string;
  readonly date: string;
}

interface OperationSources {
  readonly sources: {
    readonly operationsAndPermissions: Origin;
    readonly publishedScopes: Origin;
    readonly scopeCheck: Origin;
    readonly permissionCheck: Origin;
    readonly newestOperations: Origin;
  };
}

interface RefusalFacts {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly operations: number;
  readonly examples: readonly string[];
}

interface ScopeFacts {
  readonly scope: string;
  readonly status: Scope["status"];
  readonly description: string;
}

const SOURCES = new URL("../src/catalogue/facts/sources/", import.meta.url);
const DATA = new URL("../src/catalogue/facts/data/", import.meta.url);

/** Returns the text of each compact file, by file name. */
export async function compactFacts(): Promise<ReadonlyMap<string, string>> {
  const operations = await readFacts<OperationSources, OperationFacts>("operations.jsonl");
  const scopes = await readFacts<{ readonly date: string }, ScopeFacts>("scopes.jsonl");
  const refusals = await readFacts<Provenance, RefusalFacts>("refusals.jsonl");
  const caveats = await readFacts<CaveatSources, CaveatFacts>("caveats.jsonl");
  const topics = await readFacts<Provenance, Pick<Topic, "topic" | "permissions">>("topics.jsonl");
  const terraform = await readFacts<Provenance, TerraformFacts>("terraform.jsonl");
  const parameters = await readFacts<Provenance, DeclaredParameters>("query-parameters.jsonl");
  const announcements = await readFacts<Provenance, AnnouncementFacts>("announcements.jsonl");
  return new Map([
    [
      "announcements.txt",
      encodeTable(ANNOUNCEMENTS_KIND, {
        provenance: announcements.head,
        rows: announcements.facts.map((fact) => encodeAnnouncement(announcementOf(fact))),
      }),
    ],
    [
      "terraform.txt",
      encodeTable(TERRAFORM_KIND, {
        provenance: terraform.head,
        rows: terraform.facts.map((fact) => encodeTerraformType({ ...fact, calls: callsOf(fact) })),
      }),
    ],
    [
      "topics.txt",
      encodeTable(TOPICS_KIND, { provenance: topics.head, rows: topics.facts.map(encodeTopic) }),
    ],
    [
      "query-parameters.txt",
      encodeTable(QUERY_PARAMETERS_KIND, {
        provenance: parameters.head,
        rows: parameters.facts.map(encodeQueryParameters),
      }),
    ],
    ["caveats.txt", encodeCaveatFile(caveats.facts.map((fact) => caveatOf(fact, caveats.head)))],
    ["operations.txt", operationFile(operations.head, operations.facts)],
    [
      "scopes.txt",
      encodeTable("genscope-scopes", {
        provenance: {
          source: "descriptions by genscope, names of the definition",
          date: scopes.head.date,
        },
        rows: scopes.facts.map(({ scope, description, status }) =>
          encodeScope({ name: scope, description, status }),
        ),
      }),
    ],
    [
      "refusals.txt",
      encodeTable("genscope-refusals", {
        provenance: refusals.head,
        rows: refusals.facts.map(({ status, code, message, operations: operationCount, examples }) =>
          encodeRefusalMessage(status, code, { template: message, operationCount, examples }),
        ),
      }),
    ],
  ]);
}

function announcementOf({ confidence, disputed, ...fact }: AnnouncementFacts): Announcement {
  const { date, kind, statement, source } = fact;
  const { operations = [], permissions = [], grantType = null, supersededBy = null } = fact;
  const disputedDate = disputed?.[0]?.date ?? null;
  const isConfirmed = confidence === "confirmed";
  return {
    date,
    kind,
    statement,
    operations,
    permissions,
    grantType,
    disputedDate,
    supersededBy,
    isConfirmed,
    source,
  };
}

function callsOf({ operations, onlyToCreate, onlyToDelete }: TerraformFacts): readonly TerraformCall[] {
  return operations.map((name) => {
    const [method = "", path = ""] = name.split(" ");
    const only = name === onlyToCreate ? "create" : name === onlyToDelete ? "delete" : null;
    return { method, path, only };
  });
}

function operationFile({ sources }: OperationSources, facts: readonly OperationFacts[]): string {
  const { operationsAndPermissions, publishedScopes, scopeCheck, permissionCheck, newestOperations } =
    sources;
  const { date } = operationsAndPermissions;
  const sdk = nameOf(operationsAndPermissions);
  const newest = nameOf(newestOperations);
  const provenanceOf = (fact: OperationFacts): Provenance => {
    const { removed, permissionMode, scopeSource, scopeConfidence } = fact;
    if (removed) return { source: "earlier published definitions; no longer in the API", date };
    if (permissionMode === "UNKNOWN") {
      return {
        source: `${newest}; permissions: not published; scopes: inferred from related operations`,
        date: newestOperations.date,
      };
    }
    if (scopeSource === "published") {
      return { source: `${sdk}; scopes: published definition of July 2026`, date };
    }
    const scopes = scopeConfidence === "none" ? "not known" : "inferred from related operations";
    return { source: `${sdk}; scopes: ${scopes}`, date };
  };
  // A description may spell a permission differently from the lists. The spelling in the lists wins.
  const formalSpellings = new Map(
    facts
      .flatMap(({ permissions }) => permissions)
      .map((permission) => [permission.toLowerCase(), permission]),
  );
  const toOperation = (fact: OperationFacts) => operationOf(fact, provenanceOf(fact), formalSpellings);
  return encodeOperationFile(
    {
      date: newestOperations.date,
      parts: [
        { part: "newest operations, without permissions", source: newest, date: newestOperations.date },
        { part: "operations and permissions", source: sdk, date },
        {
          part: "published scopes, grant rules and refusals",
          source: "published definition of July 2026",
          date: publishedScopes.date,
        },
        { part: "check of scopes", source: nameOf(scopeCheck), date: scopeCheck.date },
        { part: "check of permissions", source: nameOf(permissionCheck), date: permissionCheck.date },
      ],
      validators: { released: NO_VALIDATORS, preview: NO_VALIDATORS },
    },
    facts.filter(({ removed }) => removed !== true).map(toOperation),
    facts.filter(({ removed }) => removed === true).map(toOperation),
  );
}

function operationOf(
  facts: OperationFacts,
  provenance: Provenance,
  formalSpellings: ReadonlyMap<string, string>,
): Operation {
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
    scopes: facts.scopeConfidence === "none" ? null : facts.scopes,
    scopeSource: scopeSourceOf(facts),
    grantRule: facts.grantRule ?? null,
    otherAuthentication: facts.auth ?? null,
    isDeprecated: facts.deprecated ?? false,
    isPreview: facts.preview ?? false,
    note: facts.note ?? null,
    caveats: [],
    provenance,
  };
}

function caveatOf(facts: CaveatFacts, { sources }: CaveatSources): PlacedCaveat {
  const provenance = sources[facts.source];
  if (provenance === undefined) throw new Error(`the source ${facts.source} is not described`);
  return {
    method: facts.method,
    path: facts.path,
    kind: facts.kind,
    effect: facts.effect,
    statement: facts.statement,
    isConfirmed: facts.confidence === "confirmed",
    permissions: facts.permissions ?? [],
    condition:
      facts.condition === undefined
        ? null
        : Object.fromEntries(
            Object.entries(facts.condition).map(([aspect, value]) => [aspect, String(value)]),
          ),
    cases: (facts.cases ?? []).map(({ when, permissions = null, confidence = facts.confidence }) => ({
      when:
        typeof when === "string"
          ? { words: when }
          : when.path === undefined
            ? { in: "query", name: when.query ?? "", value: when.value }
            : { in: "path", name: when.path, value: when.value },
      permissions,
      isConfirmed: confidence === "confirmed",
    })),
    isClearedByPermissions: facts.clearedBy !== undefined,
    codes: facts.codes ?? [],
    readingClass: facts.class ?? null,
    provenance,
  };
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

/** Reads a source file. Its first line contains the origin of the facts, and each line after it is one fact. */
async function readFacts<Head, Fact>(
  name: string,
): Promise<{ readonly head: Head; readonly facts: readonly Fact[] }> {
  const lines = (await readFile(new URL(name, SOURCES), "utf8")).trimEnd().split("\n");
  const [head, ...facts] = lines.map((line) => JSON.parse(line));
  return { head, facts };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  for (const [name, text] of await compactFacts()) await writeFile(new URL(name, DATA), text);
}
