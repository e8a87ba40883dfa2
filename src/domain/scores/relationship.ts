import type { Customer } from '../metrics/metric.ts';
import type { Instant } from '../records/record.ts';
import { daysBetween, staleRenewalDays } from './periods.ts';
import { type Reason, reason } from './reason.ts';

/** Whether somebody is a customer, since when, and what is known of the contract. */
export interface Relationship {
  readonly standing: 'current' | 'left' | 'never';
  /** Null for everybody who is not a customer now, and where the beginning is not known. */
  readonly tenureDays: number | null;
  readonly leftAt: Instant | null;
  /** Negative once it has passed; null when unknown or not maintained. */
  readonly renewalInDays: number | null;
  readonly daysSinceContact: number | null;
}

/** Reads a customer whose fields are already as they stood at `asOf`. */
export function relationshipOf({ fields }: Customer, asOf: Instant): Relationship {
  const { isCustomer, customerSince: since, customerUntil: until, renewalAt, lastContactedAt } = fields;
  const cameBack = since !== null && until !== null && since > until;
  const left = until !== null && !cameBack;
  const current = (since !== null || isCustomer) && !left;
  const renewalInDays = renewalAt === null ? null : daysBetween(asOf, renewalAt);
  return {
    standing: left ? 'left' : current ? 'current' : 'never',
    tenureDays: current && since !== null ? daysBetween(since, asOf) : null,
    leftAt: left ? until : null,
    renewalInDays: renewalInDays !== null && renewalInDays >= -staleRenewalDays ? renewalInDays : null,
    daysSinceContact: lastContactedAt === null ? null : daysBetween(lastContactedAt, asOf),
  };
}

/** Why somebody gets no churn risk and is no upsell candidate; null for current customers. */
export function whyNotCustomer({ standing, leftAt }: Relationship): Reason | null {
  if (standing === 'current') return null;
  return standing === 'left' && leftAt !== null ? reason('leftOn', { at: leftAt }) : reason('notCustomer', {});
}
