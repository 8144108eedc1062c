import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { drillsFor } from './drills-for.ts';
import { allPrimitives } from './registry.ts';

describe('drillsFor', () => {
  it.each([
    ['vision', ['cv'], ['iou', 'nms', 'conv2d']],
    ['a part of vision', ['cv.geometry', 'programming.python'], ['iou', 'nms', 'conv2d']],
    ['detection', ['cv.detection'], ['iou', 'nms', 'conv2d', 'average-precision']],
    ['networks', ['dl.activations'], ['activations']],
    ['neither', ['databases.sql', 'cvs'], []],
    ['nothing', [], []],
  ])('gives an ad on %s its drills', (_, skills, drills) => {
    expect(drillsFor(skills)).toEqual(drills);
  });

  it('names skills of the bank alone', async () => {
    const taxonomy = await readFile(path.resolve(import.meta.dirname, '../../bank/skills.yaml'), 'utf8');
    const unknown = allPrimitives()
      .flatMap(({ skills }) => skills)
      .filter((skill) => !taxonomy.includes(`{id: ${skill},`));
    expect(unknown).toEqual([]);
  });
});
