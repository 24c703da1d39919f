import type { PermissionMode } from "../../catalogue/facts/operation.ts";
import type { Evidence, Layer, Remedy, VerdictName } from "../verdict/verdict.ts";

/** One check, with the parts that a request to an administrator needs. */
export interface RequestItem {
  /** Name of the checked operation or permission. */
  readonly name: string;
  readonly verdict: VerdictName;
  readonly layer: Layer;
  readonly mode: PermissionMode;
  /** The permissions that the requirement lists. */
  readonly permissions: readonly string[];
  readonly evidence: readonly Evidence[];
  readonly remedies: readonly Remedy[];
}
