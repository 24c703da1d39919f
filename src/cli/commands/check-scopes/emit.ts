import { type Emission, type PlacedNeed, planEmission } from "../../../access/emit/emission.ts";
import { describePlace, emitRoles } from "../../../access/emit/role.ts";
import { emitScopes } from "../../../access/emit/scopes.ts";
import { emitTerraform } from "../../../access/emit/terraform.ts";
import type { Catalogue } from "../../../catalogue/facts/catalogue.ts";
import { shellWord } from "../../../core/shell-word.ts";
import type { CheckRequest } from "./request.ts";
import type { EmitKind, Emitted } from "./result.ts";
import type { CheckSubject } from "./subject.ts";

export interface EmitOptions {
  readonly name: string;
  /** Name or id of the division for subjects that do not name one; null for every division. */
  readonly division: string | null;
  /** Calls that the subjects do not include, as sentences. */
  readonly notes: readonly string[];
  readonly catalogue: Pick<Catalogue, "findByPermission">;
}

/** Returns a name for the role of the checked items, taken from the policy's service if there is only one. */
export function nameOfRole(subjects: readonly CheckSubject[]): string {
  const services = [...new Set(subjects.flatMap(({ service }) => service ?? []))];
  return services.length === 1 ? `${services[0]} (least privilege)` : "genscope least privilege";
}

/**
 * Returns a warning that several services of a policy share one role and one OAuth client, and the commands that write
 * a role for each service; empty when there are fewer than two services.
 */
export function noteSharedRole(
  kind: EmitKind,
  subjects: readonly CheckSubject[],
  policy: CheckRequest["policy"],
): readonly string[] {
  const services = [...new Set(subjects.flatMap(({ service }) => service ?? []))];
  if (policy === null || services.length < 2) return [];
  const { file, environment } = policy;
  const target = environment === null ? "" : ` --env ${shellWord(environment)}`;
  const commands = services.map(
    (service) =>
      `\`genscope check-scopes --policy ${shellWord(file)} --service ${shellWord(service)}${target} --emit ${kind}\``,
  );
  return [
    `these ${services.length} services share the output below; each service should have its own role and OAuth client: ${commands.join(", ")}`,
  ];
}

/** Writes the least privilege that covers a list of subjects. Needs no token. */
export function emitLeastPrivilege(
  kind: EmitKind,
  needs: readonly PlacedNeed[],
  options: EmitOptions,
): Emitted {
  const { name, division, catalogue } = options;
  const plan = planEmission(needs, { name, division, opens: countOpened(catalogue) });
  const emission = { ...plan, notes: [...options.notes, ...plan.notes] };
  switch (kind) {
    case "role":
      return {
        kind,
        lines: linesOf(emitRoles(emission)),
        notes: [...emission.notes, ...notePlaces(emission)],
      };
    case "terraform":
      return { kind, lines: linesOf(emitTerraform(emission, { clientName: name })), notes: emission.notes };
    case "scopes":
      return {
        kind,
        lines: linesOf(emitScopes(emission, options.notes)),
        notes: options.notes,
      };
  }
}

/** Returns a function that counts the operations that list a permission. */
function countOpened(catalogue: Pick<Catalogue, "findByPermission">): (permission: string) => number {
  const known = new Map<string, number>();
  return (permission) => {
    const count =
      known.get(permission) ??
      catalogue.findByPermission(permission).filter(({ permissions }) => permissions.includes(permission))
        .length;
    known.set(permission, count);
    return count;
  };
}

/** Explains to whom and in which divisions to grant the roles, because a role definition cannot contain that. */
function notePlaces({ roles, login: { ofUsers, ofClients } }: Emission): readonly string[] {
  const holder = ofUsers.length === 0 ? "the OAuth client" : "the users who log in";
  return [
    ...roles
      .filter(({ least }) => least.permissions.length > 0)
      .map(({ name, division }) => `in ${describePlace(division)}, grant role "${name}" to ${holder}`),
    ...ofUsers.map((need) => `${need} needs a user; client credentials are refused`),
    ...(ofUsers.length > 0
      ? ofClients.map(
          (need) => `${need} needs client credentials: no single login can make all of these calls`,
        )
      : []),
  ];
}

function linesOf(text: string): readonly string[] {
  return text.replace(/\n$/, "").split("\n");
}
