/** Whether a body is an HTML page, which the API never sends. */
export function isHtml(text: string): boolean {
  return /^\s*(?:<!doctype html|<html|<head|<\?xml[^>]{0,100}>\s*<!doctype html|<body|<h1)/i.test(text);
}

/**
 * The status at the start of a page title, as web servers write it: `502 Bad Gateway`; null if absent.
 */
export function statusOfPage(html: string): number | null {
  const [, status] = /^([45]\d\d) [A-Z]/.exec(titleOf(html) ?? "") ?? [];
  return status === undefined ? null : Number(status);
}

/** Title or first heading of the page; null if absent. */
export function titleOf(html: string): string | null {
  const [, title] = /<(?:title|h1)[^>]{0,200}>([^<]{1,300})/i.exec(html.slice(0, 20_000)) ?? [];
  return title?.trim() ?? null;
}
