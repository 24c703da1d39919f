import type { TopicName } from "../help-topics.ts";
import { filtersPage } from "./data/filters.ts";
import { intervalsPage } from "./data/intervals.ts";
import { limitsPage } from "./data/limits.ts";
import { objectStoresPage } from "./data/object-stores.ts";
import { outputPage } from "./data/output.ts";
import { recordingsPage } from "./data/recordings.ts";
import { resumePage } from "./data/resume.ts";
import { tablesPage } from "./data/tables.ts";
import { workersPage } from "./data/workers.ts";
import { layersPage } from "./diagnosis/layers.ts";
import { pipelinesPage } from "./diagnosis/pipelines.ts";
import { policyPage } from "./diagnosis/policy.ts";
import { scanPage } from "./diagnosis/scan.ts";
import { verdictsPage } from "./diagnosis/verdicts.ts";
import type { TopicPage } from "./page.ts";
import { credentialsPage } from "./program/credentials.ts";
import { environmentPage } from "./program/environment.ts";
import { errorsPage } from "./program/errors.ts";
import { exitCodesPage } from "./program/exit-codes.ts";
import { regionsPage } from "./program/regions.ts";
import { servicesPage } from "./program/services.ts";

/** The page of each help topic. */
export const TOPIC_PAGES: Readonly<Record<TopicName, () => TopicPage>> = {
  credentials: credentialsPage,
  services: servicesPage,
  environment: environmentPage,
  regions: regionsPage,
  verdicts: verdictsPage,
  layers: layersPage,
  policy: policyPage,
  scan: scanPage,
  pipelines: pipelinesPage,
  filters: filtersPage,
  intervals: intervalsPage,
  output: outputPage,
  limits: limitsPage,
  tables: tablesPage,
  recordings: recordingsPage,
  resume: resumePage,
  workers: workersPage,
  "object-stores": objectStoresPage,
  "exit-codes": exitCodesPage,
  errors: errorsPage,
};
