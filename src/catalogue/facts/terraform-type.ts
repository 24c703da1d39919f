import type { Provenance } from "./operation.ts";
import { API_ROOT } from "./operation-line.ts";
import { readTable } from "./text/text-table.ts";

/** Blocks of a Terraform configuration that call the API. */
export type TerraformBlock = "resource" | "data" | "provider";

/** An operation that the official Terraform provider may call for a block. */
export interface TerraformCall {
  readonly method: string;
  readonly path: string;
  /** The only action that calls the operation; null when the call is not known to be limited to one action. */
  readonly only: "create" | "delete" | null;
}

/** A block type of the official Terraform provider, with every operation that the provider may call for it. */
export interface TerraformType {
  readonly block: TerraformBlock;
  /** `genesyscloud_routing_queue`; `genesyscloud` for the provider itself. */
  readonly type: string;
  /** Empty when the provider's documentation lists no operations of the type. */
  readonly calls: readonly TerraformCall[];
  readonly provenance: Provenance;
}

/** First field of the Terraform type table. */
export const TERRAFORM_KIND = "genscope-terraform";
const MARKS = { create: "+", delete: "-" } as const;

/**
 * Returns the row `block, type, calls` of a table. Each call is `METHOD path`, with a `+` in front if only creating the
 * object calls it, and a `-` if only deleting does.
 */
export function encodeTerraformType({
  block,
  type,
  calls,
}: Omit<TerraformType, "provenance">): readonly string[] {
  const names = calls.map(
    ({ method, path, only }) => `${only === null ? "" : MARKS[only]}${method} ${path.slice(API_ROOT.length)}`,
  );
  return [block, type, names.join("|")];
}

/** Returns the types in the text of a table, keyed by block and type. */
export function readTerraformTypes(text: string): ReadonlyMap<string, TerraformType> {
  const { provenance, rows } = readTable(text, TERRAFORM_KIND);
  return new Map(
    rows.map(([block = "", type = "", calls = ""]) => [
      `${block} ${type}`,
      {
        block: block as TerraformBlock,
        type,
        calls: calls === "" ? [] : calls.split("|").map(readCall),
        provenance,
      },
    ]),
  );
}

function readCall(text: string): TerraformCall {
  const only = text.startsWith(MARKS.create) ? "create" : text.startsWith(MARKS.delete) ? "delete" : null;
  const [method = "", path = ""] = (only === null ? text : text.slice(1)).split(" ");
  return { method, path: `${API_ROOT}${path}`, only };
}
