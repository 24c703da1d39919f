import { Option } from "@commander-js/extra-typings";
import type { Catalogue } from "../../../catalogue/facts/catalogue.ts";
import type { Operation } from "../../../catalogue/facts/operation.ts";
import { requirePermission, requireScope } from "../../../catalogue/lookup/require-name.ts";
import { searchOperations } from "../../../catalogue/search/search-operations.ts";
import { UsageError } from "../../../core/errors.ts";
import { grouped } from "../../../core/text.ts";
import type { Block } from "../../../output/blocks.ts";
import { present, writeNote } from "../../../output/present.ts";
import type { Context } from "../../context.ts";
import { wholeNumber } from "../../flags/whole-number.ts";
import { helpFooter } from "../../root.ts";
import {
  type CatalogGroup,
  type CatalogueVersion,
  describeVersion,
  openCatalogue,
  versionOf,
} from "./group.ts";

export interface CatalogSearchResult {
  readonly schema: "genscope/catalog-search/v1";
  readonly catalogue: CatalogueVersion;
  /** The number of matches; `operations` contains the first of them. */
  readonly total: number;
  /** Whether no operation matches every word. If so, `operations` contains those that match the most words. */
  readonly isPartial: boolean;
  readonly operations: readonly Pick<
    Operation,
    | "method"
    | "path"
    | "operationId"
    | "tag"
    | "permissionMode"
    | "permissions"
    | "scopes"
    | "isDeprecated"
    | "isPreview"
  >[];
}

export interface CatalogSearchRequest {
  readonly words: readonly string[];
  readonly permission?: string | undefined;
  readonly scope?: string | undefined;
  readonly limit: number;
}

const DEFAULT_LIMIT = 20;

/** `catalog search`: finds operations by words, permission or scope. */
export function registerSearch(catalog: CatalogGroup, context: Context): void {
  catalog
    .command("search")
    .summary("find operations by words, permission or scope")
    .description(
      "find operations by words, permission or scope\n\nMatches the path, id, tag, permissions and scopes of operations. Also searches notification topics, which have the method SUBSCRIBE. Every word must match. If no operation matches all of them, shows the operations that match the most words.",
    )
    .argument("[words...]", "words in any order, in upper or lower case")
    .option("--permission <permission>", "required permission")
    .option("--scope <scope>", "accepted scope")
    .option("--limit <count>", "number of operations to show", wholeNumber(1), DEFAULT_LIMIT)
    .addOption(
      new Option("-o, --output <format>", "table, or wide (nothing omitted or shortened)").choices([
        "table",
        "wide",
      ] as const),
    )
    .configureHelp(
      helpFooter(
        [
          ["genscope catalog search conversations details", "find by words"],
          ["genscope catalog search topic queues conversations", "find notification topics"],
          [
            "genscope catalog search --permission routing:queue:view --limit 100",
            "list what a permission allows",
          ],
          [
            "genscope catalog search post --scope analytics:readonly",
            "list the POST operations that a scope allows",
          ],
        ],
        ["0 done, even with no results", "2 unknown permission or scope"],
      ),
    )
    .action(async (words, { permission, scope, limit, output }, command) => {
      const options = command.optsWithGlobals();
      const catalogue = await openCatalogue(context, options);
      const result = catalogSearch(catalogue, { words, permission, scope, limit });
      await present(context.io, options, result, (found) => viewCatalogSearch(found, output === "wide"));
      const { operations, total } = result;
      const count =
        operations.length < total
          ? `showing ${grouped(operations.length)} of ${grouped(total)}`
          : grouped(total);
      const newer = total === 0 ? " (a newer catalog may list more: genscope catalog update)" : "";
      const all = operations.length < total ? ` (--limit ${total} shows all)` : "";
      const found = `${count} found in the ${describeVersion(result.catalogue)}${all}${newer}`;
      await writeNote(
        context.io,
        options,
        result.isPartial && total > 0 ? `no operation has all of these words; closest: ${found}` : found,
      );
    });
}

/**
 * Finds the operations that contain all words, require the permission and accept the scope.
 * @throws UsageError without search words, for an unknown permission or an unknown scope
 */
export function catalogSearch(catalogue: Catalogue, request: CatalogSearchRequest): CatalogSearchResult {
  const { words, permission, scope, limit } = request;
  if (words.length === 0 && permission === undefined && scope === undefined) {
    throw new UsageError("usage.nothing_to_search", "nothing to search for", {
      hint: "genscope catalog search queue members",
    });
  }
  const { operations: found, isPartial } = searchOperations(catalogue, {
    words,
    permission: permission === undefined ? undefined : requirePermission(catalogue, permission),
    scope: scope === undefined ? undefined : requireScope(catalogue, scope),
  });
  return {
    schema: "genscope/catalog-search/v1",
    catalogue: versionOf(catalogue),
    total: found.length,
    isPartial,
    operations: found.slice(0, limit).map((operation) => ({
      method: operation.method,
      path: operation.path,
      operationId: operation.operationId,
      tag: operation.tag,
      permissionMode: operation.permissionMode,
      permissions: operation.permissions,
      scopes: operation.scopes,
      isDeprecated: operation.isDeprecated,
      isPreview: operation.isPreview,
    })),
  };
}

function listPermissions(mode: Operation["permissionMode"], permissions: readonly string[]): string {
  if (mode === "UNKNOWN") return "not published yet";
  return permissions.length > SHOWN_PERMISSIONS
    ? `${mode} of ${permissions.length}: ${permissions.slice(0, SHOWN_PERMISSIONS).join(", ")}, …`
    : permissions.join(mode === "ALL" ? " and " : " or ");
}

/**
 * Width of the path column. At this width, most paths wrap only once or twice, and a terminal with 80 columns has room
 * for most permissions next to them.
 */
const SHORT_PATH = 34;

/** Maximum number of alternatives in a table, because five workforce management operations list dozens. */
const SHOWN_PERMISSIONS = 3;

/** Shows one row per operation. A wide table keeps every column, even if it is wider than the terminal. */
export function viewCatalogSearch({ operations }: CatalogSearchResult, isWide = false): readonly Block[] {
  if (operations.length === 0) return [];
  return [
    {
      kind: "table",
      columns: [
        { name: "Method", isKey: true },
        { name: "Path", isKey: true, least: SHORT_PATH },
        { name: "Permissions" },
        { name: "Scopes" },
      ],
      rows: operations.map(({ method, path, permissionMode, permissions, scopes }) => [
        method,
        path,
        listPermissions(permissionMode, permissions),
        scopes === null ? "unknown" : scopes.join(" or "),
      ]),
      longCells: isWide ? "whole" : "wrap",
      shownBy: "-o wide",
    },
  ];
}
