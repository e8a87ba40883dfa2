/** A customer while the demo portal is being told. */
import type { Draft, Ledger } from './ledger.ts';
import type { Random } from './random.ts';

export type Locale = 'en' | 'zh-CN' | 'zh-TW';
/** `real`: experience decides who leaves and who buys more. `null`: the same facts, but leaving and buying are chance. */
export type World = 'real' | 'null';
export type CustomerKind = 'company' | 'person';

/** Where everything is told, and which rules hold. */
export interface Scene {
  readonly ledger: Ledger;
  readonly world: World;
  readonly seed: number;
}

/** What churn is judged by: the company where there is one, else the contact. */
export interface Customer {
  readonly kind: CustomerKind;
  readonly locale: Locale;
  /** When the relationship began. */
  readonly since: number;
  /** The record that carries the customer's properties. */
  readonly unit: Draft;
  readonly company: Draft | null;
  /** At least one. */
  readonly contacts: readonly Draft[];
  readonly ownerId: string;
  /** Whether it has a contract that renews every year; the others may leave any day. */
  readonly hasTerm: boolean;
  /** Amount of a year in EUR. */
  readonly yearly: number;
  /** What it has; grows with won offers. */
  readonly products: string[];
  /** A stream of chance for one purpose, of this customer alone. */
  readonly random: (purpose: string) => Random;
}

/** A stretch of a customer's life: from `start`, at most a week, ending before `end`, when it may have left. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly satisfaction: number;
}

/** Inverse of the log-odds: a chance from a base chance moved by `shift`. */
export function shifted(base: number, shift: number): number {
  const odds = (base / (1 - base)) * Math.exp(shift);
  return odds / (1 + odds);
}
