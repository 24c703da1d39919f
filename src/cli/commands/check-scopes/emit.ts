import { emitRole } from "../../../access/emit/role.ts";
import { emitScopes } from "../../../access/emit/scopes.ts";
import { emitTerraform } from "../../../access/emit/terraform.ts";
import { findLeastPrivilege } from "../../../access/least/least-privilege.ts";
import type { EmitKind, Emitted } from "./result.ts";
import type { CheckSubject } from "./subject.ts";

/** Writes the least privilege for the checked items, without a token. */
export function emitLeastPrivilege(kind: EmitKind, subjects: readonly CheckSubject[]): Emitted {
  const least = findLeastPrivilege(subjects);
  const services = [...new Set(subjects.flatMap(({ service }) => service ?? []))];
  const name = services.length === 1 ? `${services[0]} (least privilege)` : "genscope least privilege";
  switch (kind) {
    case "role":
      return { kind, lines: linesOf(emitRole(least, { name })) };
    case "terraform":
      return { kind, lines: linesOf(emitTerraform(least, { name })) };
    case "scopes":
      return { kind, lines: linesOf(emitScopes(least)) };
  }
}

function linesOf(text: string): readonly string[] {
  return text.replace(/\n$/, "").split("\n");
}
