import { DomainError } from '@sevenfold/domain/errors';
import type { Tx } from '../db/tx.js';
import type { Figure } from './figure.js';

type Figures = Record<string, Figure>;
type Values = Readonly<Record<string, number | undefined>>;

/** Who typed the figures. @throws DomainError `forbidden` for anybody else */
export function typedBy(tx: Tx): Figure['source'] {
  if (tx.actor.kind === 'creator') return { kind: 'creator' };
  if (tx.actor.kind === 'member') return { kind: 'team', memberId: tx.actor.memberId };
  throw new DomainError('forbidden');
}

/**
 * Adds figures with their source. The team may correct any; a creator only what they typed themselves, because what
 * the platform or the team said is not theirs to change.
 * @throws DomainError `invalid_fields` naming each figure that is not theirs
 */
export function mergeTyped(figures: Figures, values: Values, source: Figure['source'], at: Date): Figures {
  const fields = source.kind === 'creator'
    ? Object.keys(values).filter((metric) => isForeign(figures[metric])).map((metric) => ({ path: `figures.${metric}`, message: 'Is known already' }))
    : [];
  if (fields.length > 0) throw new DomainError('invalid_fields', { fields });
  return { ...figures, ...withSource(values, source, at) };
}

/** Adds what a platform told. It knows better than the creator; what the team corrected stays. */
export function mergePulled(figures: Figures, values: Values, platform: string, at: Date): Figures {
  const kept = Object.entries(values).filter(([metric]) => figures[metric]?.source.kind !== 'team');
  return { ...figures, ...withSource(Object.fromEntries(kept), { kind: 'platform', platform }, at) };
}

function isForeign(figure: Figure | undefined): boolean {
  return figure !== undefined && figure.source.kind !== 'creator';
}

function withSource(values: Values, source: Figure['source'], at: Date): Figures {
  const given = Object.entries(values).flatMap(([metric, value]) => (value === undefined ? [] : [[metric, { value, source, at: at.toISOString() }] as const]));
  return Object.fromEntries(given);
}
