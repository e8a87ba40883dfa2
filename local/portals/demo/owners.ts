/** Who works in the demo's company. `id` stands on records; `userId` is another number for the same person. */
import type { Owner } from '../portal.ts';

const support = [{ id: '301', name: 'Support', primary: true }];
const success = [{ id: '302', name: 'Customer success', primary: true }];

const person = (id: string, userId: number, firstName: string, lastName: string, teams: Owner['teams']): Owner => ({
  id,
  userId,
  email: `${firstName.toLowerCase()}@demo.example`,
  firstName,
  lastName,
  archived: false,
  type: 'PERSON',
  ...(teams && { teams }),
});

/** One has left the company, and one is a queue rather than a person. */
export const owners: readonly Owner[] = [
  person('78112001', 52900117, 'Nadia', 'Support', support),
  person('78112002', 52900118, 'Oskar', 'Support', support),
  person('78112003', 52900122, 'Wei', 'Support', support),
  { ...person('78112004', 52900131, 'Ruth', 'Support', support), archived: true },
  person('78113001', 52901200, 'Iris', 'Success', success),
  person('78113002', 52901201, 'Tomas', 'Success', success),
  person('78113003', 52901207, 'Lan', 'Success', success),
  {
    id: '78119000',
    userId: null,
    email: 'support-queue@demo.example',
    firstName: 'Support',
    lastName: 'Queue',
    archived: false,
    type: 'QUEUE',
    teams: support,
  },
];

/** Owners of tickets; the one who left had tickets until this moment. */
export const agents = ['78112001', '78112002', '78112003'] as const;
export const formerAgent = { id: '78112004', leftAt: Date.parse('2026-03-31T16:00:00.000Z') } as const;
export const queue = '78119000';
/** Owners of customers and deals. */
export const successManagers = ['78113001', '78113002', '78113003'] as const;
