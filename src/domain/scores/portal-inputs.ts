/** What a portal may or may not have at all; a score never asks for what nobody there has. */
export const portalInputs = ['nps', 'csat', 'ces', 'tickets', 'usage', 'contract', 'products'] as const;

export type PortalInput = (typeof portalInputs)[number];
