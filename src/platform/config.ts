/** What this company means by customer, churned, survey scale …: the schema of `connector.config.ts`. */
import * as z from 'zod';

const internalName = z.string().regex(/^[a-z][a-z0-9_]*$/, 'a HubSpot internal property name: lower case, digits, _');

/** A property on one of the two kinds of customer records. */
const customerProperty = z.strictObject({ on: z.enum(['contact', 'company']), property: internalName });

/** How answers of one survey are read when HubSpot's own response group does not say. */
const surveyScale = z.strictObject({
  metric: z.enum(['nps', 'csat', 'ces']),
  /** Lowest and highest possible rating. */
  scale: z.tuple([z.int(), z.int()]),
  /** `effort` for surveys that ask how hard it was: high means bad, ratings are reversed. Default `ease`. */
  asks: z.enum(['ease', 'effort']).default('ease'),
});

const intervals = z.array(z.tuple([z.string(), z.string()])).optional();

/** By the clocks on the wall; several intervals a day are possible, and `24:00` ends a day. */
const businessHours = z.strictObject({
  /** IANA name; the portal's own time zone where it is left out. */
  timeZone: z.string().optional(),
  /** For example `monday: [['09:00', '12:00'], ['13:00', '17:30']]`; days left out are closed. */
  week: z.strictObject({
    monday: intervals,
    tuesday: intervals,
    wednesday: intervals,
    thursday: intervals,
    friday: intervals,
    saturday: intervals,
    sunday: intervals,
  }),
  /** Closed all day: `YYYY-MM-DD`. */
  holidays: z.array(z.string()).default([]),
});

/** What a person writes: everything may be left out. */
export const connectorConfigSchema = z.strictObject({
  /** Language of texts written to HubSpot. */
  language: z.enum(['en', 'zh-CN', 'zh-TW']).default('en'),

  customer: z
    .strictObject({
      /** Lifecycle stages that make a record a customer. */
      lifecycleStages: z.array(z.string()).min(1).default(['customer', 'evangelist']),
      /** When the relationship began; without it, the day the lifecycle stage became `customer`. */
      since: z.array(customerProperty).default([]),
      /** When the relationship ended. Without it retention and churn are not measured. */
      until: z.array(customerProperty).default([]),
      /** When the current contract renews. */
      renewal: z.array(customerProperty).default([]),
    })
    .prefault({}),

  /** Numbers that say how much a customer uses the product, over the last 30 days and the 30 days before. */
  usage: z
    .strictObject({ recent: z.array(customerProperty).default([]), before: z.array(customerProperty).default([]) })
    .prefault({}),

  /** Products a customer has: a multi-select property. Room to grow is what similar customers have and this one lacks. */
  products: z.array(customerProperty).default([]),

  ticket: z
    .strictObject({
      closedAt: internalName.default('closed_date'),
      /** Used where `closedAt` is empty although the ticket is closed: counts as closed, left out of times. */
      lastClosedAt: internalName.default('hs_last_closed_date'),
      firstResponseAt: internalName.default('hs_first_agent_message_sent_at'),
      reopenedAt: internalName.default('hs_ticket_reopened_at'),
      /** A count of reopenings, where the portal keeps one. */
      reopenCount: internalName.optional(),
      /**
       * Whose way through the stages is read, 50 tickets a call: it alone says when a ticket was first closed, and how
       * often reopened. `reopened`: tickets known to have been reopened; `closed`: all that were ever closed; `none`.
       */
      history: z.enum(['reopened', 'closed', 'none']).default('reopened'),
    })
    .prefault({}),

  /** By survey id (`hs_survey_id`); surveys not named here are read by HubSpot's type and response group. */
  surveys: z.record(z.string(), surveyScale).default({}),

  deal: z
    .strictObject({
      /** Amount in the home currency. */
      amount: internalName.default('amount_in_home_currency'),
      closedAt: internalName.default('closedate'),
    })
    .prefault({}),

  /** When people are there to help: what times in business hours are measured by. Without it they are not measured. */
  businessHours: businessHours.optional(),

  /** What modified dates do not show is found by looking: how often, and at which price. */
  sync: z
    .strictObject({
      /**
       * How a portal is read the first time. `frugal`: in the fewest calls; `fast`: in the least time, for up to 1.6 times the
       * calls; `auto`: fast where there is much to read and the day's calls allow it.
       */
      backfill: z.enum(['auto', 'frugal', 'fast']).default('auto'),
      /** The recycle bin is looked through this often: archived, restored and deleted records. */
      archivedEveryMinutes: z.number().positive().default(60),
      /** Everything is read again once in this time, a little at a time: links, calculated properties, deletions. */
      rereadEveryHours: z.number().positive().default(24),
      /** Share of HubSpot's daily calls that reading again may take; with more records than that, a round takes longer. */
      rereadShareOfDay: z.number().min(0).max(1).default(0.1),
      /** Share of HubSpot's daily calls that reading stage histories may take; what is left waits for the next day. */
      historyShareOfDay: z.number().min(0).max(1).default(0.05),
    })
    .prefault({}),

  write: z
    .strictObject({
      /** Records written first, and looked at, before the rest of a first write. */
      canary: z.int().min(1).max(100).default(50),
    })
    .prefault({}),
});

/** The configuration with every default filled in. */
export type ConnectorConfig = z.output<typeof connectorConfigSchema>;
/** The configuration as written by people. */
export type ConnectorConfigInput = z.input<typeof connectorConfigSchema>;
