import type { SourceText } from "../text/source-text.ts";
import { mentionsPlatform } from "./platform-context.ts";
import {
  addressOf,
  PROVIDER_NAME,
  type TerraformModule,
  type TerraformReading,
  type TerraformUse,
  TYPE_PREFIX,
  TYPED_BLOCKS,
  useOfObject,
} from "./terraform-use.ts";

/** Number of labels of the blocks that concern a provider. */
const LABELS: ReadonlyMap<string, number> = new Map([
  ...TYPED_BLOCKS.map((kind) => [kind, 2] as const),
  ...["provider", "module"].map((kind) => [kind, 1] as const),
  ...["import", "removed"].map((kind) => [kind, 0] as const),
]);
const OPENING = new RegExp(`(?<![\\w.-])(${[...LABELS.keys()].join("|")})(?=[ \\t"{])`, "g");
/** A label in quotes or bare; in the code, the characters of a text are masked. */
const LABEL = /[ \t]{0,200}("[^"\n]{0,200}"|[A-Za-z_][\w-]{0,200})/y;
const BRACE = /[ \t]{0,200}\{/y;

interface HclBlock {
  readonly offset: number;
  readonly kind: string;
  readonly labels: readonly string[];
  /** Offset of its opening brace. */
  readonly brace: number;
}

/**
 * Finds the blocks of a Terraform configuration that call the API, and its modules. Names in comments, texts and
 * expressions are no blocks.
 */
export function readTerraformBlocks(source: SourceText): TerraformReading {
  const blocks = [...source.code.matchAll(OPENING)].flatMap(({ index, 1: kind = "" }) => {
    const block = blockAt(source, index, kind);
    return block === null ? [] : [block];
  });
  return {
    uses: blocks.flatMap((block) => usesOf(source, block)),
    modules: blocks.flatMap((block) => modulesOf(source, block)),
    isDocument: false,
    isCutOff: false,
  };
}

function blockAt({ code, text }: SourceText, offset: number, kind: string): HclBlock | null {
  const labels: string[] = [];
  let at = offset + kind.length;
  for (let count = LABELS.get(kind) ?? 0; count > 0; count -= 1) {
    LABEL.lastIndex = at;
    const label = LABEL.exec(code)?.[1];
    if (label === undefined) return null;
    at = LABEL.lastIndex;
    const written = text.slice(at - label.length, at);
    labels.push(written.startsWith('"') ? written.slice(1, -1) : written);
  }
  BRACE.lastIndex = at;
  return BRACE.test(code) ? { offset, kind, labels, brace: BRACE.lastIndex - 1 } : null;
}

function usesOf(source: SourceText, block: HclBlock): readonly TerraformUse[] {
  const { offset, kind, labels } = block;
  const [type = "", name = ""] = labels;
  if (kind === "provider") {
    return type === PROVIDER_NAME
      ? [{ offset, block: kind, type, address: `provider.${PROVIDER_NAME}`, actions: null }]
      : [];
  }
  if (labels.length === 2) {
    return type.startsWith(TYPE_PREFIX)
      ? [{ offset, block: kind, type, address: addressOf(kind, type, name), actions: null }]
      : [];
  }
  if (kind === "import") return objectOf(source, block, "to", ["read"]);
  if (kind !== "removed") return [];
  const keeps = /\bdestroy[ \t]{0,100}=[ \t]{0,100}false\b/.test(bodyOf(source, block));
  return objectOf(source, block, "from", [keeps ? "forget" : "delete"]);
}

/** Returns the use of the object that an attribute of a block names. */
function objectOf(
  source: SourceText,
  block: HclBlock,
  attribute: "to" | "from",
  actions: readonly string[],
): readonly TerraformUse[] {
  const expression = attributeOf(source, block, attribute);
  const use = expression === null ? null : useOfObject(expression, block.offset, actions);
  return use === null ? [] : [use];
}

function modulesOf(source: SourceText, block: HclBlock): readonly TerraformModule[] {
  if (block.kind !== "module") return [];
  const written = attributeOf(source, block, "source");
  const from = /^"([^"\n]{1,400})"/.exec(written ?? "")?.[1];
  if (from === undefined) return [];
  const isOfPlatform = mentionsPlatform(bodyOf(source, block, source.text));
  return [{ offset: block.offset, name: block.labels[0] ?? "", source: from, isOfPlatform }];
}

/** Returns the beginning of the expression of an attribute; null without one. */
function attributeOf(source: SourceText, block: HclBlock, attribute: string): string | null {
  const found = new RegExp(`(?<=[{\\s])${attribute}[ \\t]{0,100}=[ \\t]{0,100}`).exec(bodyOf(source, block));
  if (found === null) return null;
  const start = block.brace + found.index + found[0].length;
  return source.text.slice(start, source.lineAround(start).end);
}

/** Returns the code of a block's body with its opening brace, or another text of the same length. */
function bodyOf(source: SourceText, { brace }: HclBlock, text = source.code): string {
  return text.slice(brace, source.closerOf(brace));
}
