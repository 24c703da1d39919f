import type { DescribedRequest, ExportDescriptionDocument } from "./document.ts";
import { factsOf, permissionsOf, scopesOf } from "./facts.ts";

/** Renders the reference page of a dataset in Markdown, with the content of `export --describe`. */
export function referencePageOf(document: ExportDescriptionDocument): string {
  const { name, summary, requests, tables } = document;
  const blocks = [
    `# ${name}`,
    `${escapeText(summary)}.`,
    `\`\`\`sh\ngenscope export ${name} ${document.needsInterval ? "--interval yesterday " : ""}--out ${name.replaceAll(" ", "-")}\n\`\`\``,
    "## Requests",
    tableOf(
      ["Request", "Permission", "Scope of a user's token"],
      requests.map((request) => [requestOf(request), permissionsOf(request), scopesOf(request)]),
    ),
    "## Facts",
    factsOf(document)
      .map(([title, text]) => `- **${title}**: ${escapeText(text)}`)
      .join("\n"),
    ...tables.flatMap(({ name: table, columns }) => [
      `## Table \`${table}\``,
      tableOf(
        ["Column", "Type"],
        columns.map((column) => [`\`${column.name}\``, column.type]),
      ),
    ]),
  ];
  return `${blocks.join("\n\n")}\n`;
}

/** Renders the list of all reference pages. */
export function referenceIndexOf(documents: readonly ExportDescriptionDocument[]): string {
  const entries = documents.map(
    ({ name, summary }) => `- [${name}](${pageNameOf(name)}): ${escapeText(summary)}`,
  );
  return `# Datasets of \`genscope export\`\n\n${entries.join("\n")}\n`;
}

/** Returns the file name of a dataset's page. */
export function pageNameOf(dataset: string): string {
  return `${dataset.replaceAll(" ", "-")}.md`;
}

function requestOf({ method, path }: DescribedRequest): string {
  return `\`${method} ${path}\``;
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  return lines.join("\n");
}

/** Escapes characters that Markdown would read as markup, except inside backquotes. */
function escapeText(text: string): string {
  return text
    .split(/(`[^`]+`)/)
    .map((part) => (part.startsWith("`") ? part : part.replace(/[<>*_[\]|]/g, "\\$&")))
    .join("");
}
