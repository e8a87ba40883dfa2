import { describe, expect, test } from 'vitest';
import { findings, type SourceFile, sourceFiles } from './source-files.ts';

interface Convention {
  /** A sentence about the product. */
  readonly says: string;
  readonly folders: readonly string[];
  /** Files the convention does not apply to. */
  readonly except?: RegExp;
  readonly refused: RegExp;
  /** Lines that must be refused: without them a mistyped pattern would pass for ever. */
  readonly examples: readonly string[];
}

const conventions: readonly Convention[] = [
  {
    says: 'the domain has no clock',
    folders: ['src/domain', 'src/contract'],
    refused: /\bDate\.now\b|\bnew Date\(\s*\)|\bDate\(\s*\)|\bperformance\.now\b|\bhrtime\b/,
    examples: ['const at = Date.now();', 'new Date()', 'performance.now()'],
  },
  {
    says: 'the domain has no randomness',
    folders: ['src/domain', 'src/contract'],
    refused: /\bMath\.random\b|\brandomUUID\b|\bgetRandomValues\b/,
    examples: ['Math.random() < 0.5', 'crypto.randomUUID()'],
  },
  {
    says: 'steps and adapters take the clock they are given',
    folders: ['src/pipeline', 'src/hubspot', 'src/store'],
    except: /\/(system-)?clock\.ts$/,
    refused: /\bDate\.now\b|\bnew Date\(\s*\)/,
    examples: ['const at = Date.now();'],
  },
  {
    says: "HubSpot's paths stand in one routing table",
    folders: ['src', 'lambdas', 'lib', 'bin', 'bench'],
    except: /^src\/hubspot\/(.*\/)?(routes|routing|routing-table)\.ts$/,
    refused:
      /(?<!codegen)['"`/](crm|account-info|conversations|communication-preferences|webhooks|oauth|automation|settings|files|cms|marketing)\/(v\d|\d{4}-\d{2}|objects\b|properties\b|associations\b|lists\b)/,
    examples: [
      "'/crm/v3/objects/contacts'",
      "'/crm/objects/2026-09/contacts/search'",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a line of source as it would be written.
      '`${base}/crm/v4/associations`',
      "'/account-info/v3/details'",
    ],
  },
  {
    says: 'zod is imported whole, so that its locales are not bundled',
    folders: ['src', 'lambdas', 'lib', 'bin', 'local', 'bench'],
    refused: /import\s+(type\s+)?(\{[^}]*\}|\w+)\s+from\s+'zod'/,
    examples: ["import { z } from 'zod';", "import z from 'zod';"],
  },
  {
    says: 'nothing names a table, a queue or a portal by a machine or an account',
    folders: ['src', 'lambdas', 'lib', 'bin', 'local', 'bench'],
    refused: /arn:aws:[a-z0-9-]+:[a-z0-9-]+:\d{12}:|\/home\/\w+\/|\/Users\/\w+\//,
    examples: ["'arn:aws:dynamodb:eu-central-1:123456789012:table/x'", "'/home/somebody/portal'"],
  },
];

const governed = ({ folders, except }: Convention): SourceFile[] =>
  sourceFiles(...folders).filter(({ path }) => except === undefined || !except.test(path));

describe('the conventions of the source', () => {
  test.each(conventions)('$says', (convention) => {
    expect(governed(convention).length).toBeGreaterThan(0);
    expect(findings(governed(convention), convention.refused)).toEqual([]);
  });

  test.each(conventions)('a line against "$says" would be found', ({ examples, refused }) => {
    for (const text of examples) expect(findings([{ path: 'example.ts', text }], refused)).toHaveLength(1);
  });

  test('no file of the product is longer than can be read aloud: 250 lines', () => {
    const long = sourceFiles('src', 'lambdas', 'lib', 'bin')
      .map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }))
      .filter(({ lines }) => lines > 250);
    expect(long).toEqual([]);
  });

  test('a handler is at most twenty lines', () => {
    const handlers = sourceFiles('lambdas').filter(({ path }) => path.endsWith('/handler.ts'));
    expect(handlers.length).toBeGreaterThan(0);
    expect(handlers.filter(({ text }) => text.trimEnd().split('\n').length > 20)).toEqual([]);
  });
});
