import type { Operation } from "../../catalogue/facts/operation.ts";
import type { Handler } from "../exchange.ts";
import { ADHERENCE_ANSWERS } from "../workforce/adherence-answers.ts";
import { ACTIVITY_ANSWERS } from "./analytics/activity.ts";
import { ANALYTICS_ANSWERS } from "./analytics/aggregates.ts";
import { CONVERSATION_DETAIL_ANSWERS } from "./analytics/conversation-details.ts";
import { JOB_ANSWERS } from "./analytics/jobs.ts";
import { OBSERVATION_ANSWERS } from "./analytics/observations.ts";
import { TRANSCRIPT_ANALYTICS_ANSWERS } from "./analytics/transcript-aggregates.ts";
import { USER_ANALYTICS_ANSWERS } from "./analytics/user-analytics.ts";
import { AUDIT_ANSWERS } from "./audits.ts";
import { CONFIGURED_ANSWERS } from "./configured-listings.ts";
import { checkParameters } from "./declared-parameters.ts";
import { DIRECTORY_ANSWERS } from "./directory.ts";
import { DIVISION_ANSWERS } from "./divisions.ts";
import { genericAnswer } from "./generic/generic.ts";
import { IDENTITY_ANSWERS } from "./identity.ts";
import { LISTING_ANSWERS } from "./listings.ts";
import { MEMBER_ANSWERS } from "./members.ts";
import { NOTIFICATION_ANSWERS } from "./notifications.ts";
import { OAUTH_ANSWERS } from "./oauth.ts";
import { ORGANIZATION_ANSWERS } from "./organization-settings.ts";
import { checkPage } from "./paging.ts";
import { CATALOGUE_ANSWERS } from "./permission-catalogue.ts";
import { ATTACHED_ANSWERS } from "./quality/attached.ts";
import { FORM_ANSWERS } from "./quality/forms.ts";
import { SPEECH_ANSWERS } from "./quality/speech.ts";
import { RECORDING_ANSWERS } from "./recordings.ts";
import { ROLE_ANSWERS } from "./roles.ts";
import { SUBJECT_ANSWERS } from "./subjects.ts";
import { USAGE_ANSWERS } from "./usage.ts";

/** Handlers of the operations whose responses come from the organization's state, by `METHOD /path`. */
const ANSWERS: ReadonlyMap<string, Handler> = new Map(
  [
    IDENTITY_ANSWERS,
    SUBJECT_ANSWERS,
    DIVISION_ANSWERS,
    ROLE_ANSWERS,
    CATALOGUE_ANSWERS,
    OAUTH_ANSWERS,
    ORGANIZATION_ANSWERS,
    DIRECTORY_ANSWERS,
    ANALYTICS_ANSWERS,
    CONVERSATION_DETAIL_ANSWERS,
    JOB_ANSWERS,
    RECORDING_ANSWERS,
    LISTING_ANSWERS,
    CONFIGURED_ANSWERS,
    ATTACHED_ANSWERS,
    FORM_ANSWERS,
    SPEECH_ANSWERS,
    MEMBER_ANSWERS,
    USER_ANALYTICS_ANSWERS,
    TRANSCRIPT_ANALYTICS_ANSWERS,
    AUDIT_ANSWERS,
    OBSERVATION_ANSWERS,
    ACTIVITY_ANSWERS,
    NOTIFICATION_ANSWERS,
    USAGE_ANSWERS,
    ADHERENCE_ANSWERS,
  ].flatMap((answers) => Object.entries(answers)),
);

/** Returns the handler of an authorized request for this operation. */
export function answerOf(operation: Operation): Handler {
  const answer = ANSWERS.get(`${operation.method} ${operation.path}`) ?? genericAnswer;
  // The handlers of job results and API usage check page sizes themselves.
  const isListing = operation.method === "GET" && !/\/results$|^\/api\/v2\/usage\//.test(operation.path);
  return (exchange) =>
    checkParameters(exchange) ?? (isListing ? checkPage(exchange) : null) ?? answer(exchange);
}
