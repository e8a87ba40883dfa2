import { airbyte } from './airbyte.ts';
import { nango } from './nango.ts';
import type { Peer } from './peer.ts';
import { postHog } from './posthog.ts';
import { singerIo } from './singer-io.ts';
import { supaglue } from './supaglue.ts';

/** The connectors we are compared with. */
export const peers: readonly Peer[] = [airbyte, nango, singerIo, postHog, supaglue];
