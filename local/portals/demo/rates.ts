/**
 * Every number that decides how the demo portal behaves. They are chosen, not measured: large enough that a sound method
 * finds the effects, small enough that it has to look.
 */
export const rates = {
  /** Customers that are companies, ever, at scale 1: some left, some join only after `asOf`. */
  companyCustomers: 205,
  /** Companies that never became customers. */
  prospectCompanies: 20,
  /** Customers that are single persons, ever. */
  personCustomers: 1_180,
  /** Contacts that never became customers. */
  leads: 240,
  /** Contacts of a company: 1 to this many. */
  maxContactsPerCompany: 6,
  /** Share of customers already there when the window opens; the others join during the two years that follow. */
  presentAtStart: 0.5,

  satisfaction: {
    /** Spread of a customer's own long-run level; 0 is the average customer. */
    levelSpread: 0.9,
    /** Weekly pull back to that level: half of a shock is gone after about 14 weeks. */
    pull: 0.05,
    /** Weekly noise that no record shows. */
    noise: 0.12,
    /** Bounds: bad support makes more tickets, which must not feed on itself for ever. */
    lowest: -2.5,
    highest: 2.5,
    /** A ticket that took longer than `slowHours`, or was reopened, or had no answer for a day. */
    badTicket: -0.3,
    slowHours: 72,
    /** A ticket solved within a working day. */
    goodTicket: 0.06,
    /** A company has many tickets and people: each one weighs this much. */
    companyWeight: 0.4,
  },

  leaving: {
    /** Weekly chance of leaving at satisfaction 0 with steady usage, in the real world. */
    weekly: 0.0074,
    /** Log-hazard per unit of satisfaction. */
    satisfaction: -1.6,
    /** Log-hazard per unit of fallen log-usage against 8 weeks before. */
    usageFall: 3.5,
    /** No customer leaves with more than this chance in one week. */
    weeklyCap: 0.2,
    /** Weekly chance in the null world, the same for everybody. */
    weeklyInNullWorld: 0.0088,
  },

  usage: {
    /** Median actions in 30 days of a person and of a company. */
    person: 60,
    company: 420,
    /** Spread of the logarithm between customers. */
    spread: 0.6,
    /** Log-usage follows satisfaction by this much, with a lag of about 7 weeks. */
    followsSatisfaction: 0.7,
    lag: 0.15,
    noise: 0.05,
    /** Share of usage figures that are blank or missing. */
    blank: 0.03,
  },

  tickets: {
    /** Tickets a week at satisfaction 0. */
    person: 0.075,
    company: 0.3,
    /** Log-rate per unit of satisfaction: the unhappy write more. */
    satisfaction: -0.5,
    /** Times more in the first 8 weeks of a relationship. */
    onboarding: 2.2,
    /** Median hours to a first answer, and what a unit of satisfaction goes along with (log). */
    firstResponseHours: 1.6,
    firstResponseSatisfaction: -0.22,
    /** Median hours from then to the solution. */
    resolutionHours: 19,
    resolutionSatisfaction: -0.4,
    resolutionSpread: 1.1,
    /** Chance that a solved ticket comes back, at satisfaction 0, and its log-odds per unit. */
    reopen: 0.07,
    reopenSatisfaction: -0.5,
    /** Tickets that nobody closes. */
    forgotten: 0.008,
    /** The ticket is felt this much better when it went well, and worse when it was slow or came back. */
    feltWell: 0.3,
    feltBadly: -0.7,
    withoutContact: 0.04,
    withoutFirstResponse: 0.1,
    /** Promised hours. */
    firstResponseSla: 8,
    resolutionSla: 72,
  },

  /** A fault in one release: the theme `sync` is this many times as frequent between the dates, then fixed. */
  trouble: { from: '2026-02-15T00:00:00.000Z', until: '2026-05-20T00:00:00.000Z', times: 4 },

  answers: {
    /** Chance that a quarterly NPS question is answered, by a contact at satisfaction 0, and its log-odds per unit. */
    npsRate: 0.45,
    npsRateSatisfaction: 0.2,
    /** NPS rating: mean at satisfaction 0, change per unit, spread. */
    nps: 7.6,
    npsSlope: 1.8,
    npsSpread: 1.1,
    /** The same for the three faces 0–2 and for ease 1–7, by what was felt about the ticket. */
    csat: 1.5,
    csatSlope: 0.55,
    csatSpread: 0.5,
    ces: 5.3,
    cesSlope: 0.9,
    cesSpread: 1,
    /** Chance that a closed ticket brings a CSAT or a CES answer. */
    csatRate: 0.35,
    cesRate: 0.3,
    /** Share of answers without a rating, and share with a comment. */
    blank: 0.015,
    comment: 0.4,
    anonymous: 0.06,
    contactOnly: 0.25,
    ticketIdOnly: 0.08,
  },

  calls: {
    /** Support calls a week of a person and a company, and outbound calls by a success manager. */
    inboundPerson: 0.012,
    inboundCompany: 0.06,
    outboundPerson: 0.008,
    outboundCompany: 0.09,
    /** Share of inbound calls that somebody answers. */
    answered: 0.86,
    /** Median minutes of a call. */
    minutes: 6,
  },

  deals: {
    /** Yearly amount in EUR: median of a person and of a company. */
    person: 240,
    company: 9_000,
    amountSpread: 0.7,
    /** Offers of another product a week, and the chance that one is won at satisfaction 0 with its log-odds per unit. */
    offer: 0.012,
    won: 0.35,
    wonSatisfaction: 0.9,
    /** Chance of a won offer in the null world. */
    wonInNullWorld: 0.38,
    /** Deals in another currency, and those of them without an amount in the home currency. */
    foreign: 0.15,
    foreignWithoutHome: 0.3,
  },

  /** Chance that a due payment is late at satisfaction 0, and its log-odds per unit. */
  payments: { late: 0.03, lateSatisfaction: -0.5 },

  untidy: {
    /** Contacts that were merged, sit in two companies, have no owner, have an empty telephone number. */
    merged: 0.015,
    twoCompanies: 0.06,
    withoutOwner: 0.08,
    emptyPhone: 0.2,
    /** Leads and their records that were deleted. */
    archivedLeads: 0.08,
  },

  /** Which language a customer writes. */
  locales: { en: 0.64, 'zh-CN': 0.27, 'zh-TW': 0.09 },
} as const;
