import { type JsonPath, walkJson } from "../text/walk-json.ts";
import { addressOf, type TerraformReading, type TerraformUse, TYPE_PREFIX } from "./terraform-use.ts";

/** Part of a plan or state that lists objects. */
type DocumentPart = "changes" | "configuration" | "planned_values" | "values";

/** The facts that a document contains about one object. */
interface ObjectEntry {
  readonly part: DocumentPart;
  readonly actions: string[];
  offset: number;
  mode: string;
  type: string;
  name: string;
  address: string;
}

/** Location of a value in a document: the part, the key of the object's entry, and the field of that entry. */
interface EntryPlace {
  readonly part: DocumentPart;
  readonly key: string;
  readonly field: string;
}

/** Returns whether the text is the output of `terraform show -json` for a plan or a state. */
export function isTerraformDocument(text: string): boolean {
  return (
    /^\s{0,1000}\{/.test(text) &&
    text.includes('"format_version"') &&
    text.includes('"terraform_version"') &&
    /"(?:resource_changes|planned_values|values)"/.test(text)
  );
}

/**
 * Finds the actions that a plan or state makes the official provider take. A plan contains the change to each object,
 * and in its configuration the data sources, which the plan has already read. A state shows only which objects exist.
 */
export function readTerraformDocument(text: string): TerraformReading {
  const entries = new Map<string, ObjectEntry>();
  const parts = new Set<DocumentPart>();
  const isComplete = walkJson(text, (path, value, offset) => {
    const place = placeOf(path);
    if (place === null) return;
    parts.add(place.part);
    const key = `${place.part} ${place.key}`;
    const entry = entries.get(key) ?? emptyEntry(place.part, offset);
    entries.set(key, entry);
    if (value !== null) fill(entry, place.field, value, offset);
  });
  const listed = parts.has("changes") ? "changes" : parts.has("planned_values") ? "planned_values" : "values";
  const uses = [...entries.values()].flatMap((entry) => {
    const isListed = entry.part === listed;
    const isRead = entry.part === "configuration" && entry.mode === "data";
    return isListed || isRead ? useOf(entry) : [];
  });
  return { uses, modules: [], isDocument: true, fault: isComplete ? null : "cut off" };
}

function emptyEntry(part: DocumentPart, offset: number): ObjectEntry {
  return { part, actions: [], offset, mode: "", type: "", name: "", address: "" };
}

function fill(entry: ObjectEntry, field: string, value: string, offset: number): void {
  switch (field) {
    case "action":
      entry.actions.push(value);
      break;
    case "mode":
    case "name":
    case "address":
      entry[field] = value;
      break;
    case "type":
      entry.type = value;
      entry.offset = offset;
      break;
  }
}

function useOf({ part, actions, offset, mode, type, name, address }: ObjectEntry): readonly TerraformUse[] {
  if (!type.startsWith(TYPE_PREFIX)) return [];
  const block = mode === "managed" ? "resource" : mode;
  return [
    {
      offset,
      block,
      type,
      address: address === "" ? addressOf(block, type, name) : address,
      actions: part === "changes" && actions.length > 0 ? actions : null,
    },
  ];
}

function placeOf(path: JsonPath): EntryPlace | null {
  switch (path[0]) {
    case "resource_changes":
      return placeOfChange(path, 2);
    case "deferred_changes":
      return path[2] === "resource_change" ? placeOfChange(path, 3) : null;
    case "configuration":
      return placeInModule(path, "configuration");
    case "planned_values":
    case "values":
      return placeInModule(path, path[0]);
    default:
      return null;
  }
}

/** Returns the location of a change's field; `depth` is the index of the field in the path. */
function placeOfChange(path: JsonPath, depth: number): EntryPlace | null {
  const key = `${path[0]} ${path[1]}`;
  const field = path[depth];
  if (path.length === depth + 1 && typeof field === "string") return { part: "changes", key, field };
  const isAction = path.length === depth + 3 && field === "change" && path[depth + 1] === "actions";
  return isAction ? { part: "changes", key, field: "action" } : null;
}

/** Returns the location of an object's field in the root module or in a nested module. */
function placeInModule(path: JsonPath, part: Exclude<DocumentPart, "changes">): EntryPlace | null {
  if (path[1] !== "root_module") return null;
  let depth = 2;
  if (part === "configuration") {
    while (path[depth] === "module_calls" && path[depth + 2] === "module") depth += 3;
  } else {
    while (path[depth] === "child_modules") depth += 2;
  }
  const field = path[depth + 2];
  if (path[depth] !== "resources" || path.length !== depth + 3 || typeof field !== "string") return null;
  return { part, key: path.slice(0, depth + 2).join("\n"), field };
}
