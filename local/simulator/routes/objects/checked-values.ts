import type { ObjectType } from '../../../portals/portal.ts';
import { propertyLimits } from '../../facts/limits.ts';
import { optionSourceOf } from '../../facts/referencing-properties.ts';
import type { PortalState } from '../../state/portal-state.ts';
import type { LiveProperty } from '../../state/property-registry.ts';
import { type PropertyProblem, problem } from './property-problems.ts';

/** The values of a write as they will be stored, with what is wrong about the others. */
export interface CheckedValues {
  readonly values: Readonly<Record<string, string>>;
  readonly problems: readonly PropertyProblem[];
}

type Verdict = { readonly store: string } | { readonly error: PropertyProblem['error']; readonly because: string };
type Check = (text: string, property: LiveProperty, options: readonly string[] | undefined) => Verdict;

const dayInMilliseconds = 86_400_000;

const checks: Readonly<Record<LiveProperty['type'], Check>> = {
  number: (text) =>
    /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)
      ? { store: text }
      : { error: 'INVALID_INTEGER', because: `${text} was not a valid number.` },
  bool: (text) => optionOf(text.toLowerCase(), ['true', 'false']),
  date: dateOf,
  datetime: dateTimeOf,
  string: (text) =>
    text.length <= propertyLimits.stringCharacters
      ? { store: text }
      : { error: 'INVALID_LENGTH', because: `the value is longer than ${propertyLimits.stringCharacters} characters` },
  phone_number: (text) => ({ store: text }),
  enumeration: (text, property, options) => {
    if (options === undefined) return { store: text };
    const parts = property.fieldType === 'checkbox' ? text.split(';').filter(Boolean) : [text];
    const wrong = parts.map((part) => optionOf(part, options)).find((verdict) => 'error' in verdict);
    return wrong ?? { store: text };
  },
};

/**
 * Checks the values of a write against the account's definitions. An empty string clears any writable value. What null
 * does is not documented; here it leaves the value alone, so that a client relying on it to clear is found out.
 */
export function checkedValues(
  portal: PortalState,
  type: ObjectType,
  given: Readonly<Record<string, unknown>>,
): CheckedValues {
  const values: Record<string, string> = {};
  const problems: PropertyProblem[] = [];
  for (const [name, value] of Object.entries(given)) {
    const property = portal.properties[type].find(name);
    if (!property) {
      problems.push(problem(portal, name, 'PROPERTY_DOESNT_EXIST', `Property "${name}" does not exist`));
    } else if (property.readOnly) {
      const because = `"${name}" is a read only property; its value cannot be set.`;
      problems.push(problem(portal, name, 'READ_ONLY_VALUE', because));
    } else if (value !== null && value !== undefined) {
      const verdict = verdictOn(portal, type, property, String(value));
      if ('store' in verdict) values[name] = verdict.store;
      else problems.push(problem(portal, name, verdict.error, verdict.because));
    }
  }
  return { values, problems };
}

function verdictOn(portal: PortalState, type: ObjectType, property: LiveProperty, text: string): Verdict {
  if (text === '') return { store: '' };
  if (type === 'contacts' && property.name === 'email') return emailOf(text);
  return checks[property.type](text, property, optionsOf(portal, type, property));
}

/** The values an enumeration allows; undefined where the simulator does not know them. */
function optionsOf(portal: PortalState, type: ObjectType, property: LiveProperty): readonly string[] | undefined {
  const source = optionSourceOf(type, property.name);
  if (source === 'owners') return portal.definition.owners.map((owner) => owner.id);
  if (source === 'pipelines') return portal.pipelines(type).map((pipeline) => pipeline.id);
  if (source === 'stages') return portal.pipelines(type).flatMap(({ stages }) => stages.map((stage) => stage.id));
  return property.options?.map((option) => option.value);
}

function optionOf(text: string, options: readonly string[]): Verdict {
  if (options.includes(text)) return { store: text };
  return { error: 'INVALID_OPTION', because: `${text} was not one of the allowed options: [${options.join(', ')}]` };
}

/** Addresses are stored in lower case (observed). */
function emailOf(text: string): Verdict {
  if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) return { store: text.toLowerCase() };
  return { error: 'INVALID_EMAIL', because: `Email address ${text} is invalid` };
}

/** A day as YYYY-MM-DD or as epoch milliseconds at midnight UTC (docs: properties guide). */
function dateOf(text: string): Verdict {
  const at = momentOf(text);
  if (at === undefined) return { error: 'INVALID_DATE', because: `${text} was not a valid date.` };
  if (at % dayInMilliseconds === 0) return { store: new Date(at).toISOString().slice(0, 10) };
  const clock = new Date(at);
  const time = `${clock.toISOString().slice(11, 19)}.${clock.getUTCMilliseconds()}`;
  return { error: 'INVALID_DATE', because: `${text} is at ${time} UTC, not midnight!` };
}

/** A moment as ISO 8601 or epoch milliseconds; stored, and sent, as ISO 8601 UTC. */
function dateTimeOf(text: string): Verdict {
  const at = momentOf(text);
  if (at === undefined) return { error: 'INVALID_DATE', because: `${text} was not a valid date.` };
  return { store: new Date(at).toISOString() };
}

function momentOf(text: string): number | undefined {
  const iso = /^\d{4}-\d{2}-\d{2}/.test(text);
  const at = iso ? Date.parse(text) : /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
  return Number.isNaN(new Date(at).getTime()) ? undefined : at;
}
