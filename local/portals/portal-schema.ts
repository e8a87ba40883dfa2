/** The shape of a portal directory's files, checked line by line. Unknown keys are refused: they are mostly typos. */
import * as z from 'zod';
import { objectTypes } from './portal.ts';

const id = z.string().regex(/^\d+$/, 'an id: digits only, written as a string');
const instant = z.iso
  .datetime({ error: 'a moment in UTC: 2026-01-31T09:30:00.000Z' })
  .transform((text) => new Date(text).toISOString());
const propertyValues = z.record(
  z.string(),
  z.string({ error: 'a string or null: HubSpot sends numbers and dates as text' }).nullable(),
);
const associations = z.partialRecord(
  z.enum(objectTypes),
  z.array(z.union([id, z.strictObject({ id, typeId: z.int().positive().optional(), label: z.string().optional() })])),
);

const propertyVersion = z.strictObject({
  value: z.string(),
  timestamp: instant,
  sourceType: z.string().optional(),
  sourceId: z.string().optional(),
});

/** One line of `<type>.jsonl`. */
export const recordSchema = z.strictObject({
  id,
  properties: propertyValues,
  propertiesWithHistory: z.record(z.string(), z.array(propertyVersion)).optional(),
  associations: associations.optional(),
  createdAt: instant,
  updatedAt: instant,
  archived: z.boolean().default(false),
  archivedAt: instant.optional(),
});

/** One line of `future.jsonl`. */
export const eventSchema = z.strictObject({
  at: instant,
  type: z.enum(objectTypes),
  id,
  change: z.enum(['create', 'update', 'archive']),
  properties: propertyValues.optional(),
  associations: associations.optional(),
});

const pipeline = z.strictObject({
  id: z.string(),
  label: z.string(),
  stages: z.array(z.strictObject({ id: z.string(), label: z.string(), metadata: z.record(z.string(), z.string()) })),
});

const owner = z.strictObject({
  id,
  userId: z.int().nullable(),
  email: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  archived: z.boolean(),
  type: z.enum(['PERSON', 'QUEUE']).optional(),
  teams: z.array(z.strictObject({ id: z.string(), name: z.string(), primary: z.boolean() })).optional(),
});

const property = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9_]*$/, 'a property name: lower case, digits, _'),
  label: z.string(),
  type: z.enum(['bool', 'enumeration', 'date', 'datetime', 'string', 'number', 'phone_number']),
  fieldType: z.string(),
  groupName: z.string().optional(),
  description: z.string().optional(),
  options: z.array(z.strictObject({ label: z.string(), value: z.string() })).optional(),
  readOnly: z.boolean().optional(),
});

const timeZone = z.string().refine(
  (zone) => {
    try {
      return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
    } catch {
      return false;
    }
  },
  { error: 'a time zone name such as Europe/Berlin' },
);

/** The content of `portal.json`. Without pipelines, those of a new account are meant. */
export const definitionSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/i, 'letters, digits and dashes'),
  description: z.string(),
  account: z.strictObject({
    portalId: z.int().positive(),
    timeZone,
    companyCurrency: z.string().regex(/^[A-Z]{3}$/, 'three capital letters, such as EUR'),
    accountType: z.enum(['STANDARD', 'DEVELOPER_TEST', 'SANDBOX', 'APP_DEVELOPER']).optional(),
  }),
  tier: z.enum(['free', 'starter', 'professional', 'enterprise']),
  asOf: instant,
  defaultWindow: z.enum(['90d', 'all']).optional(),
  pipelines: z.strictObject({ tickets: z.array(pipeline).optional(), deals: z.array(pipeline).optional() }).default({}),
  owners: z.array(owner).default([]),
  properties: z.partialRecord(z.enum(objectTypes), z.array(property)).default({}),
  mappings: z.record(z.string(), z.unknown()).default({}),
});
