/** The start of a page, which contains its title and its heading. */
const LONGEST_HEAD = 20_000;

/** Whether a body is an HTML page, which the API never sends. */
export function isHtml(text: string): boolean {
  return /^\s*(?:<!doctype html|<html|<head|<\?xml[^>]{0,100}>\s*<!doctype html|<body|<h1)/i.test(text);
}

/**
 * Returns the status at the start of a page title, where web servers put it: `502 Bad Gateway`. CloudFront puts it in
 * the heading: `503 ERROR`. Null if there is none.
 */
export function statusOfPage(html: string): number | null {
  const [, status] =
    /^([45]\d\d) [A-Z]/.exec(titleOf(html) ?? "") ??
    /<h1>([45]\d\d) ERROR</i.exec(html.slice(0, LONGEST_HEAD)) ??
    [];
  return status === undefined ? null : Number(status);
}

/** Returns the title or first heading of the page; null if it has neither. */
export function titleOf(html: string): string | null {
  const [, title] = /<(?:title|h1)[^>]{0,200}>([^<]{1,300})/i.exec(html.slice(0, LONGEST_HEAD)) ?? [];
  return title?.trim() ?? null;
}
