import type { Api } from "../../platform/api/api.ts";
import { requireJson } from "../../platform/api/api-client.ts";
import { ApiError } from "../../platform/api/api-error.ts";
import type { Validators } from "../facts/operation-file.ts";
import { type DefinedOperation, type DefinitionOptions, readDefinition } from "./definition.ts";

const NOT_MODIFIED = 304;

/** Response from the service to a conditional request for a definition. */
export type FetchedDefinition =
  | { readonly kind: "unchanged" }
  | {
      readonly kind: "read";
      readonly operations: readonly DefinedOperation[];
      readonly validators: Validators;
    };

/**
 * Reads one of the definition's two documents, unless the version described by `known` is still current (RFC
 * 9110, sections 13.1.2 and 13.1.3).
 * @throws ApiError for any other response; `catalogue.not_a_definition` for other JSON
 */
export async function fetchDefinition(
  api: Pick<Api, "send" | "region">,
  path: string,
  known: Validators,
  options: DefinitionOptions,
): Promise<FetchedDefinition> {
  const request = {
    method: "GET",
    path,
    headers: {
      ...(known.etag === null ? {} : { "If-None-Match": known.etag }),
      ...(known.lastModified === null ? {} : { "If-Modified-Since": known.lastModified }),
    },
  };
  const answer = await api.send(request);
  const isConditional = known.etag !== null || known.lastModified !== null;
  if (answer.status === NOT_MODIFIED && isConditional) return { kind: "unchanged" };
  const operations = readDefinition(requireJson(request, answer, api.region), options);
  if (typeof operations === "string") {
    throw new ApiError(
      "catalogue.not_a_definition",
      `the response to \`GET ${path}\` is not the API definition: ${operations}`,
      {
        request,
        answer,
        hint: `check that \`${api.region.apiUrl}\` is the Platform API, or try --region us-east-1`,
      },
    );
  }
  return {
    kind: "read",
    operations,
    validators: {
      etag: answer.headers["etag"] ?? null,
      lastModified: answer.headers["last-modified"] ?? null,
    },
  };
}
