/** A process that pulls once when told where, unless it is killed before. */
import { type Place, pullOnce } from './pull-once.ts';

process.once('message', async (place: Place) => {
  await pullOnce(place);
  process.disconnect();
});
