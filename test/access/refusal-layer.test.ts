import { describe, expect, test } from "vitest";
import { LAYERS } from "../../src/access/layers.ts";
import { announcedLayer, layerOfRefusal, layerOfTokenError } from "../../src/access/refusal-layer.ts";
import { LAYER_NAMES, type Layer } from "../../src/access/verdict/verdict.ts";
import { knowledge } from "./explain/packaged-knowledge.ts";

/** Every 403 code of the definition, by layer. Before you add a new code, read its messages. */
const DECLARED_403: Readonly<Partial<Record<Layer, readonly string[]>>> = {
  scope: ["app.not.authorized.for.scope"],
  permission: [
    "access.denied.to.field",
    "agent.permission.denied",
    "architect.missing.permission",
    "architect.not.admin.user",
    "architect.not.editor.or.admin.user",
    "assignee.missing.any.permissions",
    "bots.access.denied",
    "development.aggregate.no.permission",
    "greeting.not.authorized",
    "insufficient.permissions",
    "lm.no.permission.create.assignment",
    "lm.no.permission.delete.assignment",
    "lm.no.permission.reset.assignment",
    "lm.no.permission.view.assignment",
    "missing.any.permissions",
    "missing.permission",
    "missing.permissions",
    "missing.trustor.permissions",
    "no.appointment.view.permission",
    "notification.unauthorized.topic",
    "presence.not.authorized.update.on.queue",
    "presence.not.authorized.update.other.user.presence",
    "quality.calibration.create.permission.check.failed",
    "quality.calibration.delete.permission.check.failed",
    "quality.calibration.view.permission.check.failed",
    "quality.evaluation.assignee.permission.check.failed",
    "quality.evaluation.cannot.change.assignee",
    "quality.evaluation.cannot.update.private.comments",
    "quality.evaluation.create.permission.check.failed",
    "quality.evaluation.delete.permission.check.failed",
    "quality.evaluation.update.permission.check.failed",
    "quality.evaluation.view.permission.check.failed",
    "quality.survey.add.permission.check.failed",
    "quality.survey.view.permission.check.failed",
    "recording.annotation.delete.permission.check.failed",
    "recording.annotation.update.permission.check.failed",
    "recording.annotation.view.permission.check.failed",
    "recording.orphan.edit.permission.check.failed",
    "recording.orphan.view.permission.check.failed",
    "recording.recording.edit.retention.permission.check.failed",
    "recording.recording.restore.permission.check.failed",
    "recording.recording.view.permission.check.failed",
    "recording.recordingsegment.view.permission.check.failed",
    "voicemail.not.authorized.voicemail.delete",
    "voicemail.not.authorized.voicemail.message",
    "wem.informsteps.access.denied",
  ],
  division: [
    "assignee.missing.any.division.permissions",
    "bulk.move.no.permission.division",
    "case.missing.any.division.permissions",
    "case.missing.permission.in.divisions",
    "caseref.missing.any.division.permissions",
    "conversation.custom.attributes.division.access.forbidden",
    "missing.any.division.permissions",
    "missing.division.permission",
    "missing.division.permission.implied",
    "missing.division.permissions",
    "no.permission.for.requested.users",
    "notification.unauthorized.divisioned.topic",
    "owner.missing.any.division.permissions",
    "qm.search.division.not.authorized",
    "wem.learning.assignment.division.forbidden.action",
    "wfm.management.unit.not.authorized",
    "wfm.missing.one.of.permission.sets",
    "wfm.permission.failure",
    "workitem.missing.any.division.permissions",
    "workitem.missing.required.division.permissions",
  ],
  condition: [
    "wfm.missing.team.permissions",
    "wfm.no.authorization.to.edit.schedule.for.teams",
    "wfm.only.authorized.for.team.access",
    "wfm.only.authorized.for.team.access.some.divisions",
    "wfm.only.authorized.for.team.required.divisions",
    "wfm.team.only.permissions.not.allowed",
    "wfm.unauthorized.for.any.team.members",
  ],
  policy: ["authz.policy.denied"],
  product: [
    "all.campaigns.black.listed",
    "architect.org.disabled.for.request",
    "campaign.black.listed",
    "feature.forbidden",
    "feature.toggle.disabled",
    "integrations.forbidden",
  ],
  request: [
    "agent.cannot.change.status",
    "bad.request",
    "batch.download.permission.denied",
    "conversation.error.forbidden.not.active.participant",
    "editing.managed.property.not.allowed",
    "email.error.forbidden",
    "flow.blocked",
    "geolocation.update.error",
    "lm.reschedule.state.error",
    "lm.update.state.error",
    "managed.property.not.allowed",
    "missing.permissions.not.appointment.participant",
    "not.job.owner",
    "origin.not.allowed",
    "postino.error.forbidden",
    "receiver.caller.mismatch",
    "recording.annotation.cant.delete.for.another.user",
    "trustee.forbidden",
    "wem.learning.builtin.forbidden.action",
  ],
  unknown: [
    "access.denied",
    "fax.forbidden",
    "forbidden",
    "general.access.denied",
    "general.forbidden",
    "not.authorized",
    "notification.forbidden.topic",
    "wem.learning.assignment.forbidden",
    "wem.learning.forbidden",
  ],
};

describe("the 403 codes that the definition declares", () => {
  const declared = knowledge.refusals.filter(({ status }) => status === 403).map(({ code }) => code);

  test("each identify a layer", () => {
    expect(declared.filter((code) => announcedLayer(403, code) === null)).toEqual([]);
  });

  test("identify the layers that this test lists", () => {
    const placed = LAYER_NAMES.flatMap((layer) => {
      const codes = declared.filter((code) => announcedLayer(403, code) === layer);
      return codes.length === 0 ? [] : [[layer, codes.toSorted()]];
    });
    expect(Object.fromEntries(placed)).toEqual(DECLARED_403);
  });
});

test.each([
  [403, "missing.permissions", "permission"],
  [400, "missing.permissions", "request"],
  [503, "forbidden", "service"],
  [400, "not.a.user", "context"],
  [401, "ip.not.authorized", "ip"],
  [401, "bad.credentials", "token"],
  [401, "unauthorized", "unknown"],
  [403, "a.code.of.tomorrow", "unknown"],
  [403, null, "unknown"],
  [404, null, "request"],
  [405, null, "path"],
  [408, "client.timeout", "network"],
  [408, null, "service"],
  [418, null, "request"],
  [429, "too.many.requests", "rate-limit"],
  [302, null, "none"],
  [null, "missing.permissions", "unknown"],
] as const)("a response with status %s and code %s is assigned to layer %s", (status, code, layer) => {
  expect(layerOfRefusal(status, code)).toBe(layer);
});

test.each([
  ["invalid_request", "rate limit exceeded; try later", "throttle"],
  ["invalid_request", null, "request"],
  ["invalid_scope", null, "scope"],
  ["server_error", null, "service"],
  ["invalid_client", null, "credentials"],
  [null, null, "credentials"],
] as const)(
  "a token endpoint's error %s with description %s is assigned to layer %s",
  (error, description, layer) => {
    expect(layerOfTokenError(error, description)).toBe(layer);
  },
);

test.each(LAYER_NAMES)("layer %s has a rule page, and its meaning and remedies are sentences", (layer) => {
  const refusal = {
    status: null,
    code: null,
    operation: null,
    named: {
      permissions: [],
      scopes: [],
      divisions: [],
      policies: [],
      addresses: [],
      retryAfterSeconds: null,
    },
    retryAfterSeconds: null,
    isUserRequired: true,
    isDeclared: false,
    message: null,
    grantType: null,
    limit: null,
    foreign: null,
    isPage: false,
    unlistedOn: null,
    isOfDataAction: false,
    path: null,
    methods: [],
    topics: [],
    proxyLogin: "set the proxy",
    words: "",
  };
  const { title, help, meaning, usualRemedies } = LAYERS[layer];
  expect(title).toMatch(/^[A-Z][^`]{10,}[^.]$/);
  expect(help).toMatch(/^[A-Z].{8,}\.$/);
  const sentences = [meaning(refusal), ...usualRemedies(refusal).map(({ summary }) => summary)];
  for (const sentence of sentences) expect(sentence).toMatch(/^[a-z][^.]*[^.?\s]/);
  expect(sentences.join("\n")).not.toMatch(/undefined|null| {2}|``/);
});
