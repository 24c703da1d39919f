import type { PermissionMode } from "../../catalogue/operation.ts";
import type { Evidence, Layer, Remedy, VerdictName } from "../verdict/verdict.ts";

/** One check as far as a request is made of it. */
export interface RequestItem {
  /** The operation or the permission. */
  readonly name: string;
  readonly verdict: VerdictName;
  readonly layer: Layer;
  readonly mode: PermissionMode;
  /** What the requirement lists. */
  readonly permissions: readonly string[];
  readonly evidence: readonly Evidence[];
  readonly remedies: readonly Remedy[];
}
