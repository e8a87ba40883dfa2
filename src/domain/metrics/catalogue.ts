import { answeredCallRate } from './answered-call-rate.ts';
import { averageOrderValue } from './average-order-value.ts';
import { backlog } from './backlog.ts';
import { callHandleTime } from './call-handle-time.ts';
import { callsHandled } from './calls-handled.ts';
import { ces5 } from './ces-5.ts';
import { ces7 } from './ces-7.ts';
import { cesLowEffortShare } from './ces-low-effort-share.ts';
import { cesTopTwoShare } from './ces-top-two-share.ts';
import { csat } from './csat.ts';
import { csatMean } from './csat-mean.ts';
import { csatTopBox } from './csat-top-box.ts';
import { customerChurn } from './customer-churn.ts';
import { customerRetention } from './customer-retention.ts';
import { customerRetentionCohort } from './customer-retention-cohort.ts';
import { customersLost } from './customers-lost.ts';
import { firstResponseTime } from './first-response-time.ts';
import { firstResponseTimeBusiness } from './first-response-time-business.ts';
import { lifetimeValueHistoric } from './lifetime-value-historic.ts';
import type { Metric } from './metric.ts';
import { nps } from './nps.ts';
import { nps1To10 } from './nps-1-10.ts';
import { purchaseFrequency } from './purchase-frequency.ts';
import { reopenRate } from './reopen-rate.ts';
import { repeatPurchaseRate } from './repeat-purchase-rate.ts';
import { repeatPurchaseRateAllCustomers } from './repeat-purchase-rate-all-customers.ts';
import { resolutionRate } from './resolution-rate.ts';
import { surveyResponseRate } from './survey-response-rate.ts';
import { ticketRate } from './ticket-rate.ts';
import { ticketVolume } from './ticket-volume.ts';
import { timeToFirstResolution } from './time-to-first-resolution.ts';
import { timeToFirstResolutionBusiness } from './time-to-first-resolution-business.ts';
import { timeToResolution } from './time-to-resolution.ts';
import { timeToResolutionBusiness } from './time-to-resolution-business.ts';

/** Every metric of the product. A metric exists once it has a line here. */
export const catalogue: readonly Metric[] = [
  nps,
  nps1To10,
  csat,
  csatTopBox,
  csatMean,
  ces7,
  ces5,
  cesLowEffortShare,
  cesTopTwoShare,
  surveyResponseRate,
  firstResponseTime,
  firstResponseTimeBusiness,
  timeToFirstResolution,
  timeToFirstResolutionBusiness,
  timeToResolution,
  timeToResolutionBusiness,
  resolutionRate,
  reopenRate,
  backlog,
  ticketVolume,
  ticketRate,
  callsHandled,
  answeredCallRate,
  callHandleTime,
  customerRetentionCohort,
  customerRetention,
  customerChurn,
  customersLost,
  repeatPurchaseRate,
  repeatPurchaseRateAllCustomers,
  averageOrderValue,
  purchaseFrequency,
  lifetimeValueHistoric,
];

const byId = new Map(catalogue.map((metric) => [metric.id, metric]));

/** The metric of this id; undefined where there is none. */
export const metricById = (id: string): Metric | undefined => byId.get(id);

/** A figure's name everywhere outside: `time-to-resolution.median`, or the plain id for the figure `value`. */
export const figureKey = (metric: Pick<Metric, 'id'>, figure: string): string =>
  figure === 'value' ? metric.id : `${metric.id}.${figure}`;

/** The names of a metric's figures, as in `present`. */
export const figuresOf = (metric: Metric): readonly string[] => Object.keys(metric.present(metric.empty));
