/** HTML that is safe to send. */
export interface Markup {
  readonly html: string;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/**
 * Builds HTML from a template. Escapes every inserted string, so that it is safe in content and in quoted attributes.
 * Inserted `Markup` is not escaped.
 */
export function markup(
  template: TemplateStringsArray,
  ...values: readonly (string | Markup | readonly Markup[])[]
): Markup {
  return { html: String.raw({ raw: template }, ...values.map(htmlOf)) };
}

function htmlOf(value: string | Markup | readonly Markup[]): string {
  if (typeof value === "string") {
    return value.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
  }
  return "html" in value ? value.html : value.map((each) => each.html).join("");
}
