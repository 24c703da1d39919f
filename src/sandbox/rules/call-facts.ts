import { parseJson } from "../../core/json.ts";
import type { Request } from "../answer.ts";
import type { Match } from "../router.ts";
import type { Organization, PlacedObject } from "../state/organization.ts";

/** Facts about a call, in addition to its operation and the object in its path. */
export interface CallFacts {
  /** Values of the path's parameters by name. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly query: URLSearchParams;
  /** Whether the body has any content. */
  readonly hasBody: boolean;
  /** Top-level text fields of the body. */
  readonly fields: ReadonlyMap<string, string>;
  /** The objects whose ids the body contains, at any depth. */
  readonly named: readonly PlacedObject[];
  /** Ids of the users that the body contains. */
  readonly users: readonly string[];
  /** Whether a value in the path determines which permission the call needs. */
  readonly hasPathCase: boolean;
}

export function factsOf(
  organization: Organization,
  { operation, parameters }: Match,
  request: Request,
): CallFacts {
  const body = request.body === "" ? null : parseJson(request.body);
  const texts = textsIn(body);
  const names = [...operation.path.matchAll(/\{([^}]*)\}/g)].map(([, name = ""]) => name);
  const fields =
    typeof body === "object" && body !== null && !Array.isArray(body) ? Object.entries(body) : [];
  return {
    parameters: new Map(names.map((name, index) => [name, parameters[index] ?? ""])),
    query: request.query,
    hasBody: Array.isArray(body) ? body.length > 0 : fields.length > 0,
    fields: new Map(fields.flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : []))),
    named: texts.flatMap((text) => organization.objects.get(text) ?? []),
    users: texts.filter((text) => organization.users.has(text)),
    hasPathCase: operation.caveats.some(({ cases }) =>
      cases.some(({ when }) => "in" in when && when.in === "path"),
    ),
  };
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
