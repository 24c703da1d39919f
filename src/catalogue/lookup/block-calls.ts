import type { Catalogue } from "../facts/catalogue.ts";
import type { Operation } from "../facts/operation.ts";
import type { TerraformBlock, TerraformCall } from "../facts/terraform-type.ts";

/** The action that Terraform takes on a block; null when it is unknown. */
export type BlockAction = "create" | "read" | "update" | "delete" | null;

/**
 * Returns the operations that the official Terraform provider may call when it takes this action on a block. If some
 * are known to create or delete the object itself, returns only those. Empty for an unknown type.
 */
export function callsOfBlock(
  catalogue: Pick<Catalogue, "terraformTypes" | "find">,
  block: TerraformBlock,
  type: string,
  action: BlockAction,
): readonly Operation[] {
  const calls = catalogue.terraformTypes().get(`${block} ${type}`)?.calls ?? [];
  return chooseCalls(calls, action).flatMap(({ method, path }) => catalogue.find(method, path) ?? []);
}

/**
 * Chooses the calls of an action. If it is unknown which operations create and delete the object, any call may belong
 * to the action: the provider, for example, updates a flow with a job, which is a POST.
 */
function chooseCalls(calls: readonly TerraformCall[], action: BlockAction): readonly TerraformCall[] {
  if (action === null) return calls;
  if (action === "read") return calls.filter(({ method }) => method === "GET");
  const own = calls.filter(({ only }) => only === action);
  if (own.length > 0) return own;
  const isKnown = action === "update" && calls.some(({ only }) => only !== null);
  return isKnown ? calls.filter(({ method }) => method === "PUT" || method === "PATCH") : calls;
}
