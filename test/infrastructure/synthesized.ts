import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ConnectorStack, type ConnectorStackProps } from '#lib/connector-stack.ts';

/** The template as `cdk synth` writes it, feature flags included, without the bundles. */
export const synthesized = (props: Partial<ConnectorStackProps> = {}): Template => {
  const { context } = JSON.parse(readFileSync(join(import.meta.dirname, '../../cdk.json'), 'utf8'));
  const app = new App({ context: { ...context, 'aws:cdk:bundling-stacks': [] }, analyticsReporting: false });
  return Template.fromStack(new ConnectorStack(app, 'Connector', { env: { region: 'eu-central-1' }, ...props }));
};

/** A resource as it stands in the template. */
export interface Resource<Properties> {
  readonly Properties: Properties;
  readonly DeletionPolicy?: string;
}

/** All resources of a type, by logical id. */
export const resourcesOf = <Properties>(template: Template, type: string): Record<string, Resource<Properties>> =>
  template.findResources(type) as Record<string, Resource<Properties>>;
