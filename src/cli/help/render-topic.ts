import type { TopicName } from "../help-topics.ts";
import { renderPage } from "../topics/page.ts";
import { TOPIC_PAGES } from "../topics/pages.ts";

/**
 * Returns the text of a help topic.
 * @param columns width of the terminal; null in a pipe
 */
export function renderTopic(name: TopicName, columns: number | null): string {
  return renderPage(TOPIC_PAGES[name](), columns);
}
