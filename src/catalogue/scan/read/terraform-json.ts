import { appendAll } from "../../../core/lists/append-all.ts";
import { walkJson } from "../text/walk-json.ts";
import { mentionsPlatform } from "./platform-context.ts";
import {
  addressOf,
  PROVIDER_NAME,
  type TerraformReading,
  type TerraformUse,
  TYPE_PREFIX,
  TYPED_BLOCKS,
  useOfObject,
} from "./terraform-use.ts";

const TYPED: ReadonlySet<string> = new Set(TYPED_BLOCKS);

/** Returns whether a file is a Terraform configuration in JSON syntax. */
export function isTerraformJson(file: string): boolean {
  return /\.(?:tf|tofu)\.json$/i.test(file);
}

/** Finds the blocks of a Terraform configuration in JSON syntax that call the API, and its modules. */
export function readTerraformJson(text: string): TerraformReading {
  const uses: TerraformUse[] = [];
  const modules = new Map<string, { name: string; source: string; offset: number; isOfPlatform: boolean }>();
  const isComplete = walkJson(text, (path, value, offset) => {
    // Terraform accepts a list of blocks wherever it accepts a block, so list indexes are irrelevant.
    const keys = path.filter((key) => typeof key === "string");
    const [block = "", type = "", name = ""] = keys;
    if (block === "module" && value !== null) {
      const known = modules.get(type) ?? { name: type, source: "", offset, isOfPlatform: false };
      known.isOfPlatform ||= mentionsPlatform(`${keys.at(-1)} ${value}`);
      modules.set(type, keys.length === 3 && name === "source" ? { ...known, source: value, offset } : known);
    } else if (value === null && keys.length === 2 && block === "provider" && type === PROVIDER_NAME) {
      uses.push({ offset, block, type, address: `provider.${PROVIDER_NAME}`, actions: null });
    } else if (value === null && keys.length === 3 && TYPED.has(block) && type.startsWith(TYPE_PREFIX)) {
      uses.push({ offset, block, type, address: addressOf(block, type, name), actions: null });
    } else if (value !== null && keys.length === 2) {
      appendAll(uses, readMove(block, type, value, offset));
    }
  });
  return {
    uses,
    modules: [...modules.values()].filter(({ source }) => source !== ""),
    isDocument: false,
    fault: isComplete ? null : "cut off",
  };
}

function readMove(block: string, key: string, value: string, offset: number): readonly TerraformUse[] {
  const actions =
    block === "import" && key === "to" ? ["read"] : block === "removed" && key === "from" ? ["delete"] : null;
  const use = actions === null ? null : useOfObject(value, offset, actions);
  return use === null ? [] : [use];
}
