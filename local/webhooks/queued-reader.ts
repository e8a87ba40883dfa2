import { readMessage } from '#hubspot/webhook/message.ts';
import { changeReader } from '#hubspot/webhook/read-changes.ts';
import type { ReadChanges } from '#pipeline/changes/consume-deliveries.ts';
import type { ConnectorConfig } from '#platform/config.ts';

/** Reads bodies of webhooks, and messages of the queue that nobody could read once, under a configuration. */
export function queuedReader(config: ConnectorConfig): ReadChanges {
  const read = changeReader(config);
  return (raw, portalId) => {
    const queued = readMessage(raw);
    return read('message' in queued ? queued.message.body : raw, portalId);
  };
}
