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

/** Kinds of blocks that the scan reads, each with its number of labels. */
const LABELS: ReadonlyMap<string, number> = new Map([
  ...TYPED_BLOCKS.map((kind) => [kind, 2] as const),
  ...["provider", "module"].map((kind) => [kind, 1] as const),
  ...["import", "removed"].map((kind) => [kind, 0] as const),
]);
const OPENING = new RegExp(`(?<![\\w.-])(${[...LABELS.keys()].join("|")})(?=[ \\t"{])`, "g");
/** Matches a label, quoted or bare. The masked code has mask characters in place of a quoted label's text. */
const LABEL = /[ \t]{0,200}("[^"\n]{0,200}"|[A-Za-z_][\w-]{0,200})/y;
const BRACE = /[ \t]{0,200}\{/y;

interface HclBlock {
  readonly offset: number;
  readonly kind: string;
  readonly labels: readonly string[];
  /** Offset of the block's opening brace. */
  readonly brace: number;
}

/** The body of a block, and the offset of one attribute's value; null when the block itself lacks the attribute. */
interface HclBody {
  readonly start: number;
  readonly end: number;
  readonly value: number | null;
}

/**
 * Finds the blocks of a Terraform configuration that call the API, and its modules. Names in comments, strings
 * and expressions are not blocks.
 */
export function readTerraformBlocks(source: SourceText): TerraformReading {
  const blocks = [...source.code.matchAll(OPENING)].flatMap(({ index, 1: kind = "" }) => {
    const block = blockAt(source, index, kind);
    return block === null ? [] : [block];
  });
  // A block whose body is read contains no other block of these kinds, so the next block limits the search.
  const endOf = (index: number): number => blocks[index + 1]?.offset ?? source.code.length;
  return {
    uses: blocks.flatMap((block, index) => usesOf(source, block, endOf(index))),
    modules: blocks.flatMap((block, index) => modulesOf(source, block, endOf(index))),
    isDocument: false,
    fault: null,
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

function usesOf(source: SourceText, block: HclBlock, end: number): readonly TerraformUse[] {
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
  if (kind !== "import" && kind !== "removed") return [];
  const body = readBody(source, block, { attribute: kind === "import" ? "to" : "from", limit: end });
  const isKept = /\bdestroy[ \t]{0,100}=[ \t]{0,100}false\b/.test(source.code.slice(body.start, body.end));
  const action = kind === "import" ? "read" : isKept ? "forget" : "delete";
  const use = body.value === null ? null : useOfObject(valueAt(source, body.value), offset, [action]);
  return use === null ? [] : [use];
}

function modulesOf(source: SourceText, block: HclBlock, end: number): readonly TerraformModule[] {
  if (block.kind !== "module") return [];
  const body = readBody(source, block, { attribute: "source", limit: end });
  const from = body.value === null ? undefined : /^"([^"\n]{1,400})"/.exec(valueAt(source, body.value))?.[1];
  if (from === undefined) return [];
  const isOfPlatform = mentionsPlatform(source.text.slice(body.start, body.end));
  return [{ offset: block.offset, name: block.labels[0] ?? "", source: from, isOfPlatform }];
}

function readBody(
  { code }: SourceText,
  { brace }: HclBlock,
  { attribute, limit }: { readonly attribute: string; readonly limit: number },
): HclBody {
  const part = new RegExp(`[{}]|(?<=[{\\s])${attribute}[ \\t]{0,100}=(?!=)[ \\t]{0,100}`, "g");
  part.lastIndex = brace;
  let depth = 0;
  let value: number | null = null;
  for (let found = part.exec(code); found !== null && found.index < limit; found = part.exec(code)) {
    if (found[0] === "{") {
      depth += 1;
    } else if (found[0] !== "}") {
      if (depth === 1) value ??= part.lastIndex;
    } else {
      depth -= 1;
      if (depth === 0) return { start: brace, end: part.lastIndex, value };
    }
  }
  return { start: brace, end: limit, value };
}

/** Returns the expression at an offset, up to the end of its line. */
function valueAt(source: SourceText, offset: number): string {
  return source.text.slice(offset, source.lineAround(offset).end);
}
