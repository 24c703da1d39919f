import { ownValue } from "../../core/own-value.ts";
import { termsOf } from "../lookup/field-words.ts";

/** Verbs that people search for, as stems, with the matching methods. */
const METHODS_OF: Readonly<Record<string, readonly string[]>> = {
  add: ["POST", "PUT", "PATCH"],
  assign: ["POST", "PUT", "PATCH"],
  cancel: ["DELETE", "PATCH", "POST"],
  change: ["PATCH", "PUT", "POST"],
  create: ["POST", "PUT"],
  delete: ["DELETE"],
  disconnect: ["DELETE", "POST", "PATCH"],
  download: ["GET", "POST"],
  edit: ["PATCH", "PUT", "POST"],
  end: ["DELETE", "POST", "PATCH"],
  execute: ["POST"],
  export: ["GET", "POST"],
  grant: ["POST", "PUT", "PATCH"],
  list: ["GET", "POST"],
  log: ["DELETE", "POST", "GET"],
  make: ["POST"],
  modify: ["PATCH", "PUT"],
  place: ["POST"],
  remove: ["DELETE", "POST"],
  rename: ["PATCH", "PUT"],
  replace: ["PUT", "POST"],
  revoke: ["DELETE"],
  run: ["POST"],
  schedule: ["POST", "PUT"],
  send: ["POST"],
  set: ["PUT", "PATCH", "POST"],
  start: ["POST", "PUT"],
  stop: ["PUT", "POST", "DELETE"],
  submit: ["POST"],
  subscribe: ["SUBSCRIBE", "POST", "PUT"],
  test: ["POST"],
  unassign: ["DELETE", "PATCH", "PUT", "POST"],
  update: ["PATCH", "PUT", "POST"],
  upload: ["POST", "PUT"],
};

/** Nouns that people search for, with the stems that the platform's paths use instead. */
const ABOUT: Readonly<Record<string, readonly string[]>> = {
  agent: ["member"],
  article: ["document"],
  audio: ["media"],
  bulk: ["batchrequest"],
  call: ["conversation"],
  dial: ["call", "outbound"],
  ivr: ["ivr", "architect"],
  logout: ["token"],
  kpi: ["aggregate"],
  metric: ["aggregate", "observation"],
  my: ["me"],
  permission: ["role"],
  performance: ["aggregate"],
  report: ["aggregate", "reporting"],
  sms: ["message"],
  stat: ["observation", "aggregate"],
  statistic: ["observation", "aggregate"],
  subscribe: ["subscription"],
  status: ["presence", "routingstatu", "routingstatus"],
  transcript: ["transcripturl"],
  topic: ["subscription"],
  user: ["member"],
  waiting: ["observation", "estimatedwaittime"],
  wait: ["estimatedwaittime", "observation"],
};

/** Words that only form a question and describe no operation. */
const QUESTION_WORDS: ReadonlySet<string> = new Set(
  "a all am an and any are by can count do does every fetch find for from has have how i in into is it load many much of on or our out read show that the there these this to via want what when where which who with".split(
    " ",
  ),
);

/**
 * Splits a search into words in lower case, and replaces them with the words of the platform's paths where those
 * differ. Omits words that only form a question.
 */
export function searchedWords(texts: readonly string[]): readonly string[] {
  const words = texts.flatMap((text) => text.toLowerCase().split(/\s+/)).filter((word) => word !== "");
  return termsOf(words.filter((word) => !QUESTION_WORDS.has(word)));
}

/** Returns the methods that match a verb; empty for any other word. */
export function methodsOf(stem: string): readonly string[] {
  return ownValue(METHODS_OF, stem) ?? [];
}

/** Returns whether paths that contain one stem are often about the object that a searched stem names. */
export function isAbout(searched: string, stem: string): boolean {
  return ownValue(ABOUT, searched)?.includes(stem) === true;
}
