import { isMap, isSeq, type Node, parseDocument, stringify } from "yaml";
import { appendAll } from "../../core/lists/append-all.ts";

/** The service that gets the items. */
interface ExtendedService {
  readonly name: string;
  readonly division: string | null;
}

/**
 * Adds list items to the operations of a service. Adds the service after the others if it does not exist. Keeps
 * the formatting, except in a service without operations or with operations in brackets.
 * @param text a valid policy
 * @param items the lines of the list items, without indentation
 */
export function insertItems(
  text: string,
  { name, division }: ExtendedService,
  items: readonly string[],
): string {
  const document = parseDocument(text);
  const services: unknown = document.get("services", true);
  const service: unknown = document.getIn(["services", name], true);
  const operations: unknown = document.getIn(["services", name, "operations"], true);
  if (isSeq(operations) && operations.flow !== true && isPlaced(operations) && operations.items.length > 0) {
    return insertAfter(text, operations, items);
  }
  if (service === undefined && isMap(services) && services.flow !== true && isPlaced(services)) {
    const place = division === null ? [] : [`  division: ${stringify(division).trimEnd()}`];
    const head = [`${stringify(name).trimEnd()}:`, ...place, "  operations:"];
    return insertAfter(text, services, [...head, ...items.map((item) => `    ${item}`)]);
  }
  const list = document.createNode(parseDocument(items.join("\n")).toJS());
  if (isSeq(operations) && isSeq(list)) appendAll(operations.items, list.items);
  else document.setIn(["services", name, "operations"], list);
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

type PlacedNode = Node & { readonly range: readonly [number, number, number] };

function isPlaced(node: Node): node is PlacedNode {
  return node.range !== null && node.range !== undefined;
}

/** Inserts lines after the last line of a YAML block, with the indentation of that block. */
function insertAfter(text: string, { range: [start, end] }: PlacedNode, lines: readonly string[]): string {
  const indentation = " ".repeat(start - (text.lastIndexOf("\n", start - 1) + 1));
  const last = text.slice(0, end).trimEnd().length;
  const lineEnd = text.indexOf("\n", last);
  const at = lineEnd === -1 ? text.length : lineEnd + 1;
  const gap = lineEnd === -1 ? "\n" : "";
  return `${text.slice(0, at)}${gap}${lines.map((line) => `${indentation}${line}\n`).join("")}${text.slice(at)}`;
}
