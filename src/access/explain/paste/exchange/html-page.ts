/** Whether a body is an HTML page, which the API never sends. */
export function isHtml(text: string): boolean {
  return /^\s*(?:<!doctype html|<html|<head|<\?xml[^>]{0,100}>\s*<!doctype html|<body|<h1)/i.test(text);
}

/** Title or first heading of the page; null without one. */
export function titleOf(html: string): string | null {
  const [, title] = /<(?:title|h1)[^>]{0,200}>([^<]{1,300})/i.exec(html.slice(0, 20_000)) ?? [];
  return title?.trim() ?? null;
}
