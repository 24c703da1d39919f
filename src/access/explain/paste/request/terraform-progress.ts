import { stepIn } from "./terraform-block.ts";

/** A step that Terraform began and did not complete. */
interface OpenStep {
  readonly step: string;
  readonly type: string;
  readonly name: string;
}

/**
 * Matches a progress line at the beginning or end of a step:
 * `module.x.genesyscloud_user.jane["a"]: Creating...`.
 */
const PROGRESS =
  /(?<![\w/-])(genesyscloud_[a-z0-9_]{2,80})\.([\w-]{1,100})((?:\["[^"\]\n]{1,100}"\]|\[\d{1,5}\])?): (Creating|Modifying|Destroying|Creation complete|Modifications complete|Destruction complete)\b/g;
/** Maximum number of progress lines to read. Later lines of a longer log are ignored. */
const MOST_STEPS = 5_000;

/**
 * Returns a function that finds the Terraform block of an error that does not name it, such as
 * `create resource genesyscloud_user`. It is the only block type with a step that began, did not complete and fits the
 * error. The function returns null if there is no such type or more than one.
 */
export function readTerraformProgress(text: string): (error: string) => string | null {
  const open = new Map<string, OpenStep>();
  let count = 0;
  for (const [, type = "", name = "", index = "", words = ""] of text.matchAll(PROGRESS)) {
    count += 1;
    if (count > MOST_STEPS) break;
    const key = `${type}.${name}${index}`;
    if (words.endsWith("complete")) open.delete(key);
    else open.set(key, { step: stepIn(words), type, name });
  }
  if (open.size === 0) return () => null;
  const steps = [...open.values()];
  return (error) => {
    const head = error.slice(0, LONGEST_HEAD).toLowerCase();
    // Messages write `wrapupcode` as separate words: `wrap-up code`.
    const joined = head.replace(/[\s_-]+/g, "");
    const step = stepIn(head);
    const fitting = steps.filter((each) => each.step === step && joined.includes(nounOf(each.type)));
    const named = fitting.filter(({ name }) => head.includes(name.toLowerCase()));
    const types = new Set((named.length > 0 ? named : fitting).map(({ type }) => type));
    const [only] = types;
    return only !== undefined && types.size === 1 ? `${step} resource ${only}` : null;
  };
}

/** Number of characters at the start of an error to search for the object's name. */
const LONGEST_HEAD = 400;

/** Returns the word for the object in a block type: `queue` in `genesyscloud_routing_queue`. */
function nounOf(type: string): string {
  return type.slice(type.lastIndexOf("_") + 1);
}
