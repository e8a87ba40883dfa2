/** The pipelines of a new HubSpot account. */
import type { Pipeline, PipelineStage } from './portal.ts';

const ticketStage = (id: string, label: string, state: 'OPEN' | 'CLOSED'): PipelineStage => ({
  id,
  label,
  metadata: { ticketState: state, isClosed: String(state === 'CLOSED') },
});

const dealStage = (id: string, label: string, probability: string): PipelineStage => ({
  id,
  label,
  metadata: { isClosed: String(['0.0', '1.0'].includes(probability)), probability },
});

/** Ticket pipeline `0` with its four stages. */
export const ticketPipeline: Pipeline = {
  id: '0',
  label: 'Support Pipeline',
  stages: [
    ticketStage('1', 'New', 'OPEN'),
    ticketStage('2', 'Waiting on contact', 'OPEN'),
    ticketStage('3', 'Waiting on us', 'OPEN'),
    ticketStage('4', 'Closed', 'CLOSED'),
  ],
};

/** Deal pipeline `default` with its seven stages. */
export const dealPipeline: Pipeline = {
  id: 'default',
  label: 'Sales Pipeline',
  stages: [
    dealStage('appointmentscheduled', 'Appointment scheduled', '0.2'),
    dealStage('qualifiedtobuy', 'Qualified to buy', '0.4'),
    dealStage('presentationscheduled', 'Presentation scheduled', '0.6'),
    dealStage('decisionmakerboughtin', 'Decision maker bought-in', '0.8'),
    dealStage('contractsent', 'Contract sent', '0.9'),
    dealStage('closedwon', 'Closed won', '1.0'),
    dealStage('closedlost', 'Closed lost', '0.0'),
  ],
};
