/** How the queue of webhooks hands them out, deployed and on one machine alike. */
export const webhookBatches = {
  /** Messages, of up to a hundred events each: the most SQS takes from a queue without letting all of them wait. */
  size: 10,
  /** How long the first message of a batch waits for others, so that reads are put together. */
  windowSeconds: 1,
  /** Batches at a time: more would wait for each other at HubSpot's limits, and fewer hold up what comes meanwhile. */
  concurrency: 3,
  /** A message that was not taken so often is put aside: an hour in which HubSpot or the table may not answer. */
  maxReceives: 10,
} as const;
