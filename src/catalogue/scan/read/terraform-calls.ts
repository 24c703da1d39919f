import type { Catalogue } from "../../facts/catalogue.ts";
import type { Operation, Provenance } from "../../facts/operation.ts";
import { isReadOnly } from "../../facts/read-only.ts";
import type { TerraformCall } from "../../facts/terraform-type.ts";

/** A call of the Terraform provider with its operation; null for one missing from the catalog. */
export interface ResolvedCall extends TerraformCall {
  readonly operation: Operation | null;
}

/** The calls that the official Terraform provider may make for its block types. */
export interface TerraformCalls {
  /** Returns null for a type that the facts do not contain, and an empty list for a type whose calls are not known. */
  callsOf(block: string, type: string): readonly ResolvedCall[] | null;
  readonly provenance: Provenance;
}

/** Returns the calls of all types; each type is resolved at most once. */
export function createTerraformCalls(catalogue: Catalogue): TerraformCalls {
  const resolved = new Map<string, readonly ResolvedCall[] | null>();
  const resolve = (key: string): readonly ResolvedCall[] | null =>
    catalogue
      .terraformTypes()
      .get(key)
      ?.calls.map((call) => ({ ...call, operation: catalogue.find(call.method, call.path) })) ?? null;
  return {
    callsOf: (block, type) => {
      const key = `${block} ${type}`;
      const known = resolved.get(key);
      if (known !== undefined) return known;
      const calls = resolve(key);
      resolved.set(key, calls);
      return calls;
    },
    get provenance() {
      const [first] = catalogue.terraformTypes().values();
      return first?.provenance ?? { source: "the Terraform provider", date: catalogue.date };
    },
  };
}

/** Returns whether an action of a plan may need a call. Every plan reads the objects, even one without changes. */
export function isNeededTo(action: string, { only, method, operation }: ResolvedCall): boolean {
  switch (action) {
    case "create":
    case "delete":
      return only === null || only === action;
    case "update":
      return only === null;
    case "no-op":
    case "read":
    case "forget":
      return operation === null ? method === "GET" : isReadOnly(operation);
    default:
      return true;
  }
}
