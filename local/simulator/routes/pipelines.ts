import type { ObjectType, Pipeline } from '../../portals/portal.ts';
import { type Answer, ok } from '../http/answer.ts';
import { type ApiRequest, objectTypeParameter } from '../http/api-request.ts';
import { notFound } from '../http/refusals.ts';
import type { RouteFamily, Surroundings } from '../http/route.ts';
import { toReadRecords } from './scope-rules.ts';

/** Pipelines and their stages (docs: Pipelines guide). */
export const pipelines: RouteFamily = {
  prefixes: { v3: '/crm/v3/pipelines', '2026-03': '/crm/pipelines/2026-03', '2026-09': '/crm/pipelines/2026-09' },
  routes: [
    { method: 'GET', path: '/:objectType', kind: 'other', scopes: toReadRecords, answer: listPipelines },
    { method: 'GET', path: '/:objectType/:id', kind: 'other', scopes: toReadRecords, answer: getPipeline },
    { method: 'GET', path: '/:objectType/:id/stages', kind: 'other', scopes: toReadRecords, answer: listStages },
  ],
};

function listPipelines(request: ApiRequest, surroundings: Surroundings): Answer {
  return ok({ results: bodies(surroundings, objectTypeParameter(request)) });
}

function getPipeline(request: ApiRequest, surroundings: Surroundings): Answer {
  return ok(find(request, surroundings));
}

function listStages(request: ApiRequest, surroundings: Surroundings): Answer {
  return ok({ results: find(request, surroundings).stages });
}

function find(request: ApiRequest, surroundings: Surroundings): PipelineBody {
  const found = bodies(surroundings, objectTypeParameter(request)).find(({ id }) => id === request.params.id);
  if (!found) throw notFound();
  return found;
}

type PipelineBody = ReturnType<typeof bodyOf>;

function bodies({ portal }: Surroundings, type: ObjectType): PipelineBody[] {
  return portal.pipelines(type).map((pipeline, order) => bodyOf(pipeline, order, portal.definition.asOf));
}

function bodyOf({ id, label, stages }: Pipeline, displayOrder: number, at: string) {
  const dates = { createdAt: at, updatedAt: at, archived: false };
  return {
    id,
    label,
    displayOrder,
    ...dates,
    stages: stages.map((stage, order) => ({
      id: stage.id,
      label: stage.label,
      displayOrder: order,
      metadata: stage.metadata,
      ...dates,
      writePermissions: 'CRM_PERMISSIONS_ENFORCEMENT',
    })),
  };
}
