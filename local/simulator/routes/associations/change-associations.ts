import type { Association } from '../../../portals/portal.ts';
import { objectTypeFacts } from '../../facts/object-types.ts';
import { type Answer, type BatchError, batch, created, noContent, ok } from '../../http/answer.ts';
import { type ApiRequest, batchInputs, jsonBody, jsonList, objectTypeParameter } from '../../http/api-request.ts';
import { notFound } from '../../http/refusals.ts';
import type { Surroundings } from '../../http/route.ts';
import { writtenNow } from '../objects/write-record.ts';
import { associationsTo, missingRecord, type Pair, plainTypeId } from './association-pairs.ts';

type Input = Readonly<Record<string, unknown>>;

/** Associates up to 2,000 pairs under the types named; pairs without one of their records make it a 207. */
export function batchCreateAssociations(request: ApiRequest, surroundings: Surroundings): Answer {
  const asked = pairsOf(request, surroundings).map(({ pair, input }) => ({
    pair,
    links: associationsTo(pair, input.types),
  }));
  const { done, errors } = split(surroundings, asked);
  for (const { pair, links } of done) for (const link of links) associate(surroundings, pair, link);
  const results = done.map(({ pair }) => labelsBody(surroundings, pair));
  return batch(results, errors, now(surroundings), 201);
}

/** Associates up to 2,000 pairs under the plain type. */
export function batchAssociatePlainly(request: ApiRequest, surroundings: Surroundings): Answer {
  const { done, errors } = split(surroundings, pairsOf(request, surroundings));
  for (const { pair } of done) associate(surroundings, pair, pair.toId);
  return batch(
    done.flatMap(({ pair }) => plainBodies(pair)),
    errors,
    now(surroundings),
  );
}

/** Takes every association between the pairs named away; those without any are passed over. 204 in v4, 200 since (spec). */
export function batchArchiveAssociations(request: ApiRequest, surroundings: Surroundings): Answer {
  const [from, to] = [objectTypeParameter(request, 'from'), objectTypeParameter(request, 'to')];
  for (const input of batchInputs(jsonBody(request), surroundings.pageSizes.associationChanges)) {
    const targets = Array.isArray(input.to) ? input.to : [input.to];
    for (const target of targets)
      disassociate(surroundings, { from, fromId: idOf(input.from), to, toId: idOf(target) });
  }
  return request.version === 'v4' ? noContent : batch([], [], now(surroundings));
}

/** Associates two records under the types in the body. */
export function createAssociation(request: ApiRequest, surroundings: Surroundings): Answer {
  const pair = existing(request, surroundings);
  for (const link of associationsTo(pair, jsonList(request))) associate(surroundings, pair, link);
  return created(labelsBody(surroundings, pair));
}

/** Associates two records under the plain type. */
export function associatePlainly(request: ApiRequest, surroundings: Surroundings): Answer {
  const pair = existing(request, surroundings);
  associate(surroundings, pair, pair.toId);
  return ok({
    status: 'COMPLETE',
    results: plainBodies(pair),
    startedAt: now(surroundings),
    completedAt: now(surroundings),
  });
}

/** Takes every association between two records away. */
export function archiveAssociation(request: ApiRequest, surroundings: Surroundings): Answer {
  disassociate(surroundings, pairOf(request, request.params.id ?? '', request.params.toId ?? ''));
  return noContent;
}

function associate(surroundings: Surroundings, { from, fromId, to }: Pair, association: Association): void {
  surroundings.portal.associate(from, fromId, to, association, writtenNow(surroundings));
}

function disassociate(surroundings: Surroundings, { from, fromId, to, toId }: Pair): void {
  surroundings.portal.disassociate(from, fromId, to, toId, writtenNow(surroundings));
}

function pairsOf(request: ApiRequest, { pageSizes }: Surroundings): { pair: Pair; input: Input }[] {
  return batchInputs(jsonBody(request), pageSizes.associationChanges).map((input) => ({
    pair: pairOf(request, idOf(input.from), idOf(input.to)),
    input,
  }));
}

function pairOf(request: ApiRequest, fromId: string, toId: string): Pair {
  const pair = { from: objectTypeParameter(request, 'from'), fromId, to: objectTypeParameter(request, 'to'), toId };
  plainTypeId(pair);
  return pair;
}

function existing(request: ApiRequest, { portal }: Surroundings): Pair {
  const pair = pairOf(request, request.params.id ?? '', request.params.toId ?? '');
  const missing = missingRecord(portal, pair);
  if (missing) throw notFound(missing.message);
  return pair;
}

function split<T extends { readonly pair: Pair }>(
  { portal }: Surroundings,
  asked: readonly T[],
): { done: T[]; errors: BatchError[] } {
  return {
    done: asked.filter(({ pair }) => !missingRecord(portal, pair)),
    errors: asked.flatMap(({ pair }) => missingRecord(portal, pair) ?? []),
  };
}

function labelsBody({ portal }: Surroundings, { from, fromId, to, toId }: Pair): unknown {
  const target = portal.associations.of(from, fromId, to).find(({ id }) => id === toId);
  return {
    fromObjectTypeId: objectTypeFacts[from].typeId,
    fromObjectId: fromId,
    toObjectTypeId: objectTypeFacts[to].typeId,
    toObjectId: toId,
    labels: target?.types.flatMap(({ label }) => label ?? []) ?? [],
  };
}

/** Both directions of a new plain association. */
function plainBodies({ from, fromId, to, toId }: Pair): unknown[] {
  const body = (one: Pair) => ({
    from: { id: one.fromId },
    to: { id: one.toId },
    associationSpec: { associationCategory: 'HUBSPOT_DEFINED', associationTypeId: plainTypeId(one) },
  });
  return [body({ from, fromId, to, toId }), body({ from: to, fromId: toId, to: from, toId: fromId })];
}

function idOf(end: unknown): string {
  return String((end as { id?: unknown } | undefined)?.id);
}

function now({ clock }: Surroundings): string {
  return new Date(clock.now()).toISOString();
}
