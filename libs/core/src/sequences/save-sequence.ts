import { DomainError, type FieldProblem } from '@sevenfold/domain/errors';
import { newId } from '@sevenfold/platform/ids';
import { audit } from '../audit/audit.js';
import { variablesOfTexts } from '../broadcasts/recipients/variables.js';
import type { Tx } from '../db/tx.js';
import { wrongChannel } from '../inbox/reach/wrong-channel.js';
import { Sequence } from './sequence.entity.js';
import type { SequenceInput, Step } from './steps.js';

/** @throws DomainError `invalid_fields` naming the step for a text that cannot be read or a channel that is not there; `conflict` for a name taken */
export async function createSequence(tx: Tx, input: SequenceInput): Promise<{ sequenceId: string }> {
  await checkSteps(tx, input.steps);
  await refuseTakenName(tx, input.name, null);
  const sequenceId = newId();
  tx.em.persist(tx.em.create(Sequence, { id: sequenceId, workspaceId: tx.workspaceId, createdAt: tx.now, updatedAt: tx.now, version: 1, ...input }));
  audit(tx, { action: 'sequence.created', entity: 'sequence', entityId: sequenceId, data: { name: input.name } });
  await tx.em.flush();
  return { sequenceId };
}

/**
 * Changes a sequence for those who come into it from now on; who is in it goes on as they began.
 * @param version the one the change began from
 * @throws DomainError `not_found`, `conflict` when somebody else changed it meanwhile, `wrong_state` for one that is archived, `invalid_fields`
 */
export async function changeSequence(tx: Tx, sequenceId: string, version: number, change: Partial<SequenceInput>): Promise<void> {
  const sequence = await lockSequence(tx, sequenceId);
  if (sequence.version !== version) throw new DomainError('conflict', { entity: 'sequence', version: sequence.version });
  if (sequence.archivedAt) throw new DomainError('wrong_state', { state: 'archived', allowed: ['active'] });
  if (change.steps) await checkSteps(tx, change.steps);
  if (change.name !== undefined) await refuseTakenName(tx, change.name, sequenceId);
  tx.em.assign(sequence, { ...change, version: version + 1, updatedAt: tx.now });
  audit(tx, { action: 'sequence.changed', entity: 'sequence', entityId: sequenceId, data: { fields: Object.keys(change) } });
  await tx.em.flush();
}

/** Nobody is put into it any more; who is in it goes on. @throws DomainError `not_found` */
export async function archiveSequence(tx: Tx, sequenceId: string): Promise<void> {
  const sequence = await lockSequence(tx, sequenceId);
  if (sequence.archivedAt) return;
  sequence.archivedAt = tx.now;
  audit(tx, { action: 'sequence.archived', entity: 'sequence', entityId: sequenceId });
  await tx.em.flush();
}

export async function lockSequence(tx: Tx, sequenceId: string): Promise<Sequence> {
  await tx.em.execute('select id from sequence where id = ? for no key update', [sequenceId]);
  const sequence = await tx.em.findOne(Sequence, { id: sequenceId }, { refresh: true });
  if (!sequence) throw new DomainError('not_found', { entity: 'sequence' });
  return sequence;
}

/** Two at once wait for each other, so that the second is told by its field. @param own the one that may have it: "Gentle" becomes "gentle" */
async function refuseTakenName(tx: Tx, name: string, own: string | null): Promise<void> {
  await tx.em.execute('select pg_advisory_xact_lock(hashtextextended(?, 7009))', [`${tx.workspaceId}:${name.toLowerCase()}`]);
  const taken = await tx.em.execute<{ id: string }[]>(
    'select id from sequence where lower(name) = lower(?) and archived_at is null and id is distinct from ?::uuid', [name, own],
  );
  if (taken.length > 0) throw new DomainError('invalid_fields', { fields: [{ path: 'name', message: 'There is a sequence of that name' }] });
}

async function checkSteps(tx: Tx, steps: readonly Step[]): Promise<void> {
  const fields: FieldProblem[] = [];
  for (const [index, step] of steps.entries()) fields.push(
    ...wrongChannel(tx.services, `steps.${index}.channel`, step.channel),
    ...(index === 0 && step.onlyIf === 'read'
      ? [{ path: 'steps.0.onlyIf', message: 'No step is before the first, so that this one would never be sent; use always' }]
      : []),
    ...(await textProblems(tx, step, index)),
  );
  if (fields.length > 0) throw new DomainError('invalid_fields', { fields });
}

async function textProblems(tx: Tx, { texts }: Step, index: number): Promise<FieldProblem[]> {
  try {
    await variablesOfTexts(tx, texts);
    return [];
  } catch (error) {
    if (!(error instanceof DomainError) || !Array.isArray(error.details?.['fields'])) throw error;
    return error.details['fields'].flatMap((field) =>
      typeof field === 'object' && field !== null && 'path' in field && 'message' in field
        ? [{ path: `steps.${index}.${String(field.path)}`, message: String(field.message) }]
        : [],
    );
  }
}
