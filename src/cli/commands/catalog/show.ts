import { originOf } from "../../../access/verdict/wording.ts";
import type { Catalogue } from "../../../catalogue/facts/catalogue.ts";
import type { Caveat } from "../../../catalogue/facts/caveat.ts";
import type { Operation } from "../../../catalogue/facts/operation.ts";
import { type Refusal, refusalsOf } from "../../../catalogue/facts/refusal.ts";
import { SUBSCRIBE } from "../../../catalogue/facts/topic.ts";
import { nameOf } from "../../../catalogue/lookup/operation-lookup.ts";
import { requireFound } from "../../../catalogue/lookup/require-name.ts";
import { ownValue } from "../../../core/own-value.ts";
import type { Block } from "../../../output/blocks.ts";
import { present, writeNote } from "../../../output/present.ts";
import type { Style } from "../../../output/style.ts";
import { joinMethods } from "../../arguments/operation-arguments.ts";
import type { Context } from "../../context.ts";
import { helpFooter } from "../../root.ts";
import {
  type CatalogGroup,
  type CatalogueVersion,
  describeVersion,
  openCatalogue,
  versionOf,
} from "./group.ts";

export interface ShownOperation extends Operation {
  /** The authorization refusals that the catalog lists for the operation. */
  readonly refusals: readonly Pick<Refusal, "status" | "code">[];
}

export interface CatalogShowResult {
  readonly schema: "genscope/catalog-show/v1";
  readonly catalogue: CatalogueVersion;
  readonly operations: readonly ShownOperation[];
}

/** `catalog show`: shows all facts about operations. */
export function registerShow(catalog: CatalogGroup, context: Context): void {
  catalog
    .command("show")
    .summary("show an operation's permissions, scopes, token types, refusals and sources")
    .description(
      "show an operation's permissions, scopes, token types, refusals and sources\n\nThe refusals are those that an operation may return when authorization is missing. Every requirement comes with its source and date.",
    )
    .argument(
      "<operations...>",
      "METHOD PATH, a path or URL, an SDK method name, a command of the official CLI, or a notification topic",
    )
    .configureHelp(
      helpFooter(
        [
          ["genscope catalog show POST /api/v2/analytics/conversations/details/query", "by method and path"],
          ["genscope catalog show --json getUsersMe", "by SDK method name, for a script"],
          ["genscope catalog show v2.architect.prompts.{id}", "a notification topic"],
        ],
        ["0 shown", "2 unknown or ambiguous operation"],
      ),
    )
    .action(async (operations, _options, command) => {
      const options = command.optsWithGlobals();
      const catalogue = await openCatalogue(context, options);
      const { result, notes } = catalogShow(catalogue, joinMethods(operations));
      for (const note of notes) await writeNote(context.io, options, note);
      await present(context.io, options, result, viewCatalogShow);
    });
}

/**
 * Returns everything that the catalog contains about the named operations, and notes about doubtful names.
 * @throws UsageError for an unknown or ambiguous name
 */
export function catalogShow(
  catalogue: Catalogue,
  names: readonly string[],
): { readonly result: CatalogShowResult; readonly notes: readonly string[] } {
  const found = names.map((name) => requireFound(catalogue, name));
  return {
    result: {
      schema: "genscope/catalog-show/v1",
      catalogue: versionOf(catalogue),
      operations: found.map(({ operation }) => ({
        ...operation,
        refusals: refusalsOf(operation, catalogue.refusals(), catalogue.size).map(({ status, code }) => ({
          status,
          code,
        })),
      })),
    },
    notes: found.flatMap(({ caution }) => caution ?? []),
  };
}

const GRANTS: Readonly<Record<string, string>> = {
  "not-client-credentials": "only user tokens; client credentials are refused with 400 `not.a.user`",
  "client-credentials-only": "only client credentials; user tokens are refused with 400 `not.a.client`",
};

const OTHER_TOKENS: Readonly<Record<string, string>> = {
  none: "none required",
  "webmessaging-jwt": "a web messaging JWT instead of an OAuth token",
  "guest-chat-jwt": "a guest chat JWT instead of an OAuth token",
};

const SCOPE_SOURCES: Readonly<Record<Operation["scopeSource"], string>> = {
  published: "",
  "inferred-high": " (inferred from related operations, high confidence)",
  "inferred-medium": " (inferred from related operations, medium confidence)",
  "inferred-low": " (inferred from related operations, low confidence)",
  unknown: "",
};

export function viewCatalogShow(
  { operations, catalogue }: CatalogShowResult,
  style: Style,
): readonly Block[] {
  return operations.flatMap((operation): readonly Block[] => [
    { kind: "text", text: style.strong(nameOf(operation)) },
    // The catalog lists operations that are newer than its newest permission source, so each has its own date.
    { kind: "fields", rows: [...fieldsOf(operation), ["listed in", describeVersion(catalogue)]] },
  ]);
}

function fieldsOf(operation: ShownOperation): readonly (readonly [string, string])[] {
  const { provenance, refusals } = operation;
  const marks = [operation.isPreview ? "preview" : "", operation.isDeprecated ? "deprecated" : ""];
  const rows: (readonly [string, string])[] = [
    ["operation id", operation.operationId],
    ["tag", operation.tag],
    ["permissions", describePermissions(operation)],
    ["for some requests", operation.conditionalPermissions.join(", ")],
    ["scopes", describeScopes(operation)],
    [
      "token",
      // Some topics accept only the user's own id, and the published facts do not state which.
      operation.method === SUBSCRIBE
        ? ""
        : operation.otherAuthentication === null
          ? (ownValue(GRANTS, operation.grantRule ?? "") ?? "user tokens or client credentials")
          : (ownValue(OTHER_TOKENS, operation.otherAuthentication) ?? operation.otherAuthentication),
    ],
    ["status", marks.filter((mark) => mark !== "").join(", ")],
    ["note", operation.note ?? ""],
    ...operation.caveats.flatMap(describeCaveat),
    ["may refuse with", refusals.map(({ status, code }) => `${status} ${code}`).join(", ")],
    ["source", originOf(provenance)],
  ];
  return rows.filter(([, value]) => value !== "");
}

function describePermissions({ permissionMode, permissions }: Operation): string {
  switch (permissionMode) {
    case "NONE":
      return "none listed";
    case "UNKNOWN":
      return "not published yet";
    case "ALL":
      return permissions.join(" and ");
    case "ANY":
      return permissions.join(" or ");
  }
}

/** Shows a caveat with its source. Omits the caveat that a POST only reads, because it restricts nothing. */
function describeCaveat({ kind, statement, isConfirmed, provenance }: Caveat): readonly [string, string][] {
  if (kind === "reading-post") return [];
  const confidence = isConfirmed ? "" : "; inferred";
  return [["caveat", `${statement} (${originOf(provenance)}${confidence})`]];
}

function describeScopes({ scopes, scopeSource }: Operation): string {
  if (scopes === null) return "unknown";
  return scopes.length === 0 ? "none listed" : `${scopes.join(" or ")}${SCOPE_SOURCES[scopeSource]}`;
}
