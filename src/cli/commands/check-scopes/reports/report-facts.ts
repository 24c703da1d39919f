import { describeGrantType } from "../../../../access/verdict/wording.ts";
import type { Catalogue } from "../../../../catalogue/facts/catalogue.ts";
import type { ReportFact } from "../../../../output/reports/report.ts";
import type { Named } from "../../../../platform/reading/principal.ts";
import type { CheckedPrincipal } from "../result.ts";

/** Returns the checked identity, organization, host, time and catalog. */
export function factsOf(
  principal: CheckedPrincipal | null,
  {
    generatedAtMs,
    catalogue,
  }: { readonly generatedAtMs: number; readonly catalogue: Pick<Catalogue, "origin" | "date"> },
): readonly ReportFact[] {
  return [
    ...(principal === null ? [] : factsOfPrincipal(principal)),
    timeOf(generatedAtMs),
    { name: "Catalog", value: catalogue.date, detail: ORIGINS[catalogue.origin] },
  ];
}

const ORIGINS: Readonly<Record<Catalogue["origin"], string>> = {
  packaged: "packaged with genscope",
  cached: "read by `catalog update`",
};

/** Returns the time of the check, to the second. */
export function timeOf(generatedAtMs: number): ReportFact {
  const [date = "", time = ""] = new Date(generatedAtMs).toISOString().split("T");
  return { name: "Time", value: date, detail: `${time.slice(0, "08:30:00".length)} UTC` };
}

function factsOfPrincipal({
  client,
  user,
  organization,
  homeOrganization,
  region,
}: CheckedPrincipal): readonly ReportFact[] {
  const isGuest = homeOrganization !== null && homeOrganization.id !== organization?.id;
  return [
    ...(user === null ? [] : [{ name: "User", value: user.name ?? user.id, detail: user.email ?? user.id }]),
    ...(client === null ? [] : [{ ...named("OAuth client", client), detail: detailOf(client) }]),
    ...(organization === null ? [] : [named("Organization", organization)]),
    ...(isGuest ? [named("Home organization", homeOrganization)] : []),
    { name: "Host", value: region, detail: null },
  ];
}

function named(name: string, { id, name: value }: Named): ReportFact {
  return { name, value: value ?? id, detail: value === null ? null : id };
}

function detailOf({ id, grantType }: NonNullable<CheckedPrincipal["client"]>): string {
  return grantType === null ? id : `${describeGrantType(grantType)}, ${id}`;
}
