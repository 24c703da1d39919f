import type { PermissionMode } from "../../catalogue/facts/operation.ts";
import type { Evidence, Layer, Remedy, VerdictName } from "../verdict/verdict.ts";

/** The part of a check that a request needs. */
export interface RequestItem {
  /** Name of the operation or permission. */
  readonly name: string;
  readonly verdict: VerdictName;
  readonly layer: Layer;
  readonly mode: PermissionMode;
  /** The permissions that the requirement lists. */
  readonly permissions: readonly string[];
  readonly evidence: readonly Evidence[];
  readonly remedies: readonly Remedy[];
}
