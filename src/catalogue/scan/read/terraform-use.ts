/** A location in a Terraform configuration, plan or state that makes the official provider call the API. */
export interface TerraformUse {
  readonly offset: number;
  /** Type of the Terraform block: `resource`, `data`, `provider`, or one that is not in the catalog. */
  readonly block: string;
  readonly type: string;
  /** Readable address: `module.a.genesyscloud_user.bot`, `data.genesyscloud_user.bot`. */
  readonly address: string;
  /** Actions on the object, as a plan names them; null when any action is possible. */
  readonly actions: readonly string[] | null;
}

/** A module of a Terraform configuration, and the location of its source. */
export interface TerraformModule {
  readonly offset: number;
  readonly name: string;
  readonly source: string;
  /** Whether the module's block mentions the platform. */
  readonly isOfPlatform: boolean;
}

/** The parts of the text that are relevant to the official Terraform provider. */
export interface TerraformReading {
  readonly uses: readonly TerraformUse[];
  readonly modules: readonly TerraformModule[];
  /** Whether the text is a plan or a state, which contains no other API calls. */
  readonly isDocument: boolean;
  /** Reason why the result is incomplete; null when it is complete. */
  readonly fault: "cut off" | "log" | null;
}

/** Name of the official provider, as a configuration usually declares it. */
export const PROVIDER_NAME = "genesyscloud";
/** Prefix of every type of the official provider. */
export const TYPE_PREFIX = "genesyscloud_";

/** Blocks with a type and a name that a provider reads or manages. */
export const TYPED_BLOCKS = ["resource", "data", "ephemeral", "list", "action"] as const;

/** Returns the use of the object that an `import` or `removed` block refers to; null if absent. */
export function useOfObject(
  expression: string,
  offset: number,
  actions: readonly string[],
): TerraformUse | null {
  const [, type, name = ""] = /(?<![\w-])(genesyscloud_\w{1,100})\.([\w-]{1,100})/.exec(expression) ?? [];
  if (type === undefined) return null;
  return { offset, block: "resource", type, address: addressOf("resource", type, name), actions };
}

/** Returns the address of a block as Terraform writes it. */
export function addressOf(block: string, type: string, name: string): string {
  return `${block === "resource" ? "" : `${block}.`}${type}.${name}`;
}
