import { describe } from "vitest";
import { staysSilent } from "./stays-silent.ts";

describe("finds no incomplete listing or silent channel in text that does not report one", () => {
  staysSilent("an empty listing", /response without entries is not a refusal/, [
    "The list is not empty.",
    "The results are never empty, it always returns users.",
    "total: 0 errors, all good",
    "totalCount 0 failures; everything passed",
    "If the list is empty, the script stops.",
    "Our shopping list is empty.",
    "INFO total=0 retries",
    "The error page is always blank in our CRM.",
    "It is always empty handed.",
    "Does it return an empty list if nothing matches?",
  ]);
  staysSilent("pages of 25 entries", /a listing returns pages of 25/, [
    "The test only returns 100 as expected.",
    "I only see 50 % of the CPU used.",
    "We only get 25 calls a day.",
    "The scale only shows 100 kg.",
  ]);
  staysSilent("missing entries of a listing", /fewer entries than expected/, [
    "The dashboard shows 12 agents of team 3, as it should. How do I list users?",
    "The report lists 40 users of 40.",
    "We only see 3 users a day.",
    "It lists 5 queues instead of 5 as before, so all is fine.",
  ]);
  staysSilent("a channel without events", /accepted subscription sends an event/, [
    "How do I subscribe to a topic on a websocket channel? No messages yet, I have not started.",
    "Our newsletter subscription channel gets no updates from marketing.",
    "The notification channel works; we receive all events, never an error.",
    "The EventBridge integration has no errors, and events arrive.",
    "Does a notification channel stop sending events after 24 hours?",
  ]);
});
