import { consumeDeliveries } from '#pipeline/changes/consume-deliveries.ts';
import { applyChangesEnvironment } from '#platform/environment/apply-changes.ts';
import { readEnvironment } from '#platform/environment/read-environment.ts';
import { queueFunction } from '../runtime/queue-function.ts';

/** Called with what HubSpot's webhooks brought into the queue: applies it to the table. */
export const handler = queueFunction({
  environment: () => readEnvironment(applyChangesEnvironment),
  consume: consumeDeliveries,
});
