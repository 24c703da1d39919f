import { at } from "../plan/instant.ts";
import type { Scene } from "./scene.ts";

const HOUR_MS = 3_600_000;

/** Returns the evaluations and surveys of a conversation. They appear after its end, possibly days later. */
export function attachments(
  { draws, plan, roster }: Scene,
  asOfMs: number,
): {
  readonly evaluations: readonly object[] | undefined;
  readonly resolutions: readonly object[] | undefined;
  readonly surveys: readonly object[] | undefined;
} {
  const leg = plan.legs.at(-1);
  const place = {
    queueId: roster.queues[leg?.queue ?? 0]?.id,
    userId: roster.agents[leg?.agent ?? 0]?.id,
  };
  const form = draws.pick(roster.forms);
  const evaluatedMs = plan.endMs + draws.integer(1, 72) * HOUR_MS;
  const evaluation = {
    assigneeApplicable: true,
    contextId: form.id,
    deleted: false,
    evaluationId: draws.uuid(),
    evaluationStatus: "Finished",
    evaluatorId: draws.pick(roster.agents).id,
    eventTime: at(evaluatedMs),
    formId: form.id,
    formName: form.name,
    oTotalCriticalScore: draws.integer(0, 100),
    oTotalScore: draws.integer(0, 100),
    queueId: place.queueId,
    released: true,
    rescored: false,
    userId: place.userId,
  };
  const surveyedMs = plan.endMs + draws.integer(1, 300) * 60_000;
  const survey = {
    eventTime: at(surveyedMs),
    oSurveyTotalScore: draws.integer(0, 100),
    queueId: place.queueId,
    surveyCompletedDate: at(surveyedMs),
    surveyFormContextId: form.id,
    surveyFormId: form.id,
    surveyFormName: form.name,
    surveyId: draws.uuid(),
    surveyPartialResponse: false,
    surveyPromoterScore: draws.integer(0, 10),
    surveyStatus: "FINISHED",
    surveyType: "Web",
    userId: place.userId,
  };
  const resolution = {
    eventTime: at(plan.endMs),
    nNextContactAvoided: draws.integer(0, 1),
    queueId: place.queueId,
    userId: place.userId,
  };
  const isEvaluated = draws.chance(0.05) && leg !== undefined && evaluatedMs <= asOfMs;
  const isSurveyed = draws.chance(0.04) && leg !== undefined && surveyedMs <= asOfMs;
  const isResolved = draws.chance(0.06) && leg !== undefined && plan.endMs <= asOfMs;
  return {
    evaluations: isEvaluated ? [evaluation] : undefined,
    resolutions: isResolved ? [resolution] : undefined,
    surveys: isSurveyed ? [survey] : undefined,
  };
}
