import { oneLine } from "../../../core/text.ts";
import { describeAbsence } from "../../lookup/absence.ts";
import { nameOf } from "../../lookup/operation-lookup.ts";
import type { ScanIndex } from "../read/scan-index.ts";
import { isNeededTo } from "../read/terraform-calls.ts";
import {
  PROVIDER_NAME,
  type TerraformModule,
  type TerraformReading,
  type TerraformUse,
} from "../read/terraform-use.ts";
import { type Judgement, judgement, type PlacedJudgement } from "./finding.ts";

export interface TerraformJudgeOptions {
  readonly index: ScanIndex;
  /** Whether the scan also reads a directory. The argument is relative to the file's directory. */
  readonly reaches: (directory: string) => boolean;
  /** Whether the file or its project mentions the platform. */
  readonly isOfPlatform: boolean;
}

const PROVIDER: Omit<TerraformUse, "offset"> = {
  block: "provider",
  type: PROVIDER_NAME,
  address: `provider.${PROVIDER_NAME}`,
  actions: null,
};
const MOST_REPETITIONS = 1_000;
/** Maximum length of an address in a message; the keys of a `for_each` may be long. */
const LONGEST = 200;

/**
 * Finds the operations that a Terraform configuration, plan or state makes the official provider call. A type
 * that the facts don't list may call anything, so it is reported as unknown.
 */
export function judgeTerraform(
  reading: TerraformReading,
  options: TerraformJudgeOptions,
): readonly PlacedJudgement[] {
  const { uses, modules, fault } = reading;
  return [
    ...withoutRepetitions(withProvider(uses)).flatMap((use) =>
      judgeUse(use, options.index).map((judged) => ({ offset: use.offset, judgement: judged })),
    ),
    ...modules.flatMap((module) => judgeModule(module, options)),
    ...(fault === null ? [] : [{ offset: 0, judgement: open(FAULTS[fault]) }]),
  ];
}

const FAULTS = {
  "cut off": "this file is truncated or is not valid JSON: what the rest needs is unknown",
  log: "this log of `terraform plan -json` names only changes: what else the plan needs is unknown; scan the output of `terraform show -json`",
} as const;

function open(message: string, path: string | null = null): Judgement {
  return judgement({ kind: "terraform", confidence: "medium", path, message });
}

/**
 * Adds the calls of the provider itself. Terraform starts the provider for any block, even without a `provider` block.
 */
function withProvider(uses: readonly TerraformUse[]): readonly TerraformUse[] {
  const [first] = uses;
  if (first === undefined || uses.some(({ block }) => block === "provider")) return uses;
  return [{ ...PROVIDER, offset: first.offset }, ...uses];
}

/**
 * Keeps at most a thousand uses of a type that need the same calls. Only generated configurations contain more, and
 * each additional use would add dozens of findings without requiring any other permission.
 */
function withoutRepetitions(uses: readonly TerraformUse[]): readonly TerraformUse[] {
  const counts = new Map<string, number>();
  return uses.filter(({ block, type, actions }) => {
    const key = `${block} ${type} ${actions?.join(" ")}`;
    const count = counts.get(key) ?? 0;
    counts.set(key, count + 1);
    return count < MOST_REPETITIONS;
  });
}

function judgeUse(use: TerraformUse, { catalogue, terraform }: ScanIndex): readonly Judgement[] {
  const { block, type, actions } = use;
  const { source, date } = terraform.provenance;
  const address = oneLine(use.address, LONGEST);
  const calls = terraform.callsOf(block, type);
  if (calls === null) {
    return [
      open(`what \`${address}\` needs is unknown: genscope's facts as of ${date} do not contain \`${type}\``),
    ];
  }
  if (calls.length === 0) {
    return [
      open(
        `what \`${address}\` needs is unknown: genscope's facts as of ${date} list no calls for \`${type}\``,
      ),
    ];
  }
  const needed =
    actions === null ? calls : calls.filter((call) => actions.some((action) => isNeededTo(action, call)));
  const work = actions === null ? "" : ` (${oneLine(actions.join(", "), LONGEST)})`;
  const reason = `${source} (${date}) may call it for \`${address}\`${work}`;
  return needed.map(({ method, path, operation }) =>
    operation === null
      ? open(`\`${method} ${path}\` is ${describeAbsence(catalogue)}: ${reason}`, path)
      : judgement({
          kind: "terraform",
          confidence: "high",
          operation,
          path: operation.path,
          message: `\`${nameOf(operation)}\`: ${reason}`,
        }),
  );
}

/** Reports a module whose files are not scanned, because its resources are unknown and may call anything. */
function judgeModule(
  { offset, name, source, isOfPlatform }: TerraformModule,
  { reaches, isOfPlatform: isNearPlatform }: TerraformJudgeOptions,
): readonly PlacedJudgement[] {
  const isLocal = /^\.{0,2}\//.test(source);
  const isUnread = isLocal ? isNearPlatform && !reaches(source) : isOfPlatform;
  if (!isUnread) return [];
  const message = `what module \`${oneLine(name, LONGEST)}\` needs is unknown: \`${oneLine(source, LONGEST)}\` is not among the scanned files; scan it, or the plan that \`terraform show -json\` prints`;
  return [{ offset, judgement: open(message) }];
}
