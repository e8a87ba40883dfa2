import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { demoPortal } from '#local/portals/demo/demo-portal.ts';
import { writePortalDirectory } from '#local/portals/directory.ts';
import { openPortal, realDataDirectory } from '#local/portals/index.ts';

const options = { realDataDir: 'nowhere', seed: 3, scale: 0.02 };

describe('a portal reference', () => {
  test('demo and demo:null name the two worlds of the demo portal', async () => {
    expect(await openPortal('demo', options)).toEqual(demoPortal({ seed: 3, scale: 0.02 }).portal);
    expect(await openPortal('demo:null', options)).toEqual(demoPortal({ seed: 3, scale: 0.02, world: 'null' }).portal);
  });

  test('may be the path of a folder', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'portal-'));
    const { portal } = demoPortal({ scale: 0.02 });
    await writePortalDirectory(dir, portal);
    expect(await openPortal(dir, options)).toEqual(portal);
    await rm(dir, { recursive: true });
  });

  test.each(['dmeo', 'real:cdnwo', './no-such-folder'])(
    'that does not exist (%s) is answered with those that do',
    async (reference) => {
      const known = /demo, demo:null, real:uci-incident, real:nps-retail, real:cdnow, real:telco/;
      await expect(openPortal(reference, options)).rejects.toThrow(known);
      await expect(openPortal(reference, options)).rejects.toThrow(`"${reference}"`);
    },
  );

  test('to real data that is not present says where to put it', async () => {
    await expect(openPortal('real:cdnow', options)).rejects.toThrow(/CDNOW_sample\.txt is missing.*CX_REAL_DATA/);
  });

  test('finds real data where CX_REAL_DATA says, else beside the project', () => {
    expect(realDataDirectory({ CX_REAL_DATA: '/data/sets' })).toBe('/data/sets');
    expect(realDataDirectory({})).toMatch(/shared[/\\]data$/);
  });
});
