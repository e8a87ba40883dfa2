import { ces7 } from '../metrics/ces-7.ts';
import { csat } from '../metrics/csat.ts';
import { firstResponseTime } from '../metrics/first-response-time.ts';
import { nps } from '../metrics/nps.ts';
import { reopenRate } from '../metrics/reopen-rate.ts';
import { timeToResolution } from '../metrics/time-to-resolution.ts';
import { findFigure } from './figure.ts';
import { findBadExperiences, findContract, findOpenTickets, findUsageTrend } from './findings.ts';
import type { WeightedModel } from './part.ts';
import { reason } from './reason.ts';
import { ourDefault } from './scale.ts';

/** What a customer says, how we served them, what went wrong, how they use the product, whether the contract holds. */
export type HealthInput = 'feedback' | 'service' | 'problems' | 'usage' | 'contract';

/** The health score as a table: high is good, 50 is neutral. Weights are defaults of ours; scales name their source. */
export const healthModel: WeightedModel<HealthInput> = {
  version: 'health-2',
  base: 50,
  inputs: { feedback: 35, usage: 20, service: 18, problems: 17, contract: 10 },
  neededCoverage: 0.6,
  // Problems are read from the same answers and tickets as feedback and service: no second thing to rest on. Ours.
  minimum: { inputs: 2, of: ['feedback', 'service', 'usage', 'contract'], experiences: 3 },
  parts: [
    {
      id: 'satisfaction',
      input: 'feedback',
      needs: ['csat'],
      weight: 13,
      scale: {
        shape: 'linear',
        worst: 0.5,
        best: 1,
        source: {
          title: 'default of this connector: 75 % satisfied, the lower end of what the field calls good, is neutral',
        },
      },
      find: (seen) =>
        findFigure(csat, 'value', seen.facts.answer, seen, ({ value, n }) =>
          reason('satisfaction', { share: value, n }),
        ),
    },
    {
      id: 'loyalty',
      input: 'feedback',
      needs: ['nps'],
      weight: 13,
      scale: {
        shape: 'linear',
        worst: -50,
        best: 50,
        source: { title: 'Bain & Company: above 0 good, above 50 excellent; the lower end mirrors the upper' },
      },
      find: (seen) =>
        findFigure(nps, 'value', seen.facts.answer, seen, ({ value, n }) => reason('loyalty', { nps: value, n })),
    },
    {
      id: 'effort',
      input: 'feedback',
      needs: ['ces'],
      weight: 9,
      scale: {
        shape: 'linear',
        worst: 3,
        best: 7,
        source: { title: 'default of this connector: 5 of 7, the lowest low-effort answer, is neutral' },
      },
      find: (seen) =>
        findFigure(ces7, 'value', seen.facts.answer, seen, ({ value, n }) => reason('effort', { mean: value, n })),
    },
    {
      id: 'responseTime',
      input: 'service',
      needs: ['tickets'],
      weight: 6,
      scale: { shape: 'log', worst: 48, best: 1, source: ourDefault },
      find: (seen) =>
        findFigure(firstResponseTime, 'median', seen.facts.ticket, seen, ({ value, n }) =>
          reason('responseTime', { hours: value, n }),
        ),
    },
    {
      id: 'resolutionTime',
      input: 'service',
      needs: ['tickets'],
      weight: 6,
      scale: { shape: 'log', worst: 240, best: 8, source: ourDefault },
      find: (seen) =>
        findFigure(timeToResolution, 'median', seen.facts.ticket, seen, ({ value, n }) =>
          reason('resolutionTime', { hours: value, n }),
        ),
    },
    {
      id: 'reopened',
      input: 'service',
      needs: ['tickets'],
      weight: 6,
      scale: { shape: 'linear', worst: 0.3, best: 0, source: ourDefault },
      find: (seen) =>
        findFigure(reopenRate, 'value', seen.facts.ticket, seen, ({ numerator = 0, n }) =>
          reason('reopened', { reopened: numerator, n }),
        ),
    },
    {
      id: 'openTickets',
      input: 'problems',
      needs: ['tickets'],
      weight: 7,
      scale: { shape: 'linear', worst: 6, best: 0, source: ourDefault },
      find: findOpenTickets,
    },
    {
      id: 'badExperiences',
      input: 'problems',
      needs: ['tickets', 'nps', 'csat', 'ces'],
      weight: 10,
      scale: {
        shape: 'linear',
        worst: 2,
        best: 0,
        source: {
          title:
            'Zendesk, Customer Experience Trends Report 2020: half switch after one bad experience, 80 % after several',
        },
      },
      find: findBadExperiences,
    },
    {
      id: 'usageTrend',
      input: 'usage',
      needs: ['usage'],
      weight: 20,
      scale: { shape: 'linear', worst: -0.5, best: 0.25, source: ourDefault },
      find: findUsageTrend,
    },
    {
      id: 'contract',
      input: 'contract',
      needs: ['contract'],
      weight: 10,
      scale: {
        shape: 'linear',
        worst: 0,
        best: 2.5,
        source: { title: 'default of this connector: paying in time is expected and earns 80, not 100' },
      },
      find: findContract,
    },
  ],
};

/** High from 70, low below 40; a band is left only 3 points beyond its cut-off. Defaults of ours. */
export const healthCutoffs = { high: 70, medium: 40, margin: 3 } as const;
