import { beforeAll, describe, expect, it } from 'vitest';
import { TEMPLATES_DIR } from '../../test/drills/host.ts';
import { openShelf } from './shelf.ts';
import { readDrillTexts, type DrillTexts } from './texts.ts';

let texts: DrillTexts;
beforeAll(async () => (texts = await readDrillTexts(TEMPLATES_DIR)));

describe('the shelf', () => {
  it('renders a drill once, however many packs have it', () => {
    const shelf = openShelf(texts);
    expect(shelf.filesOf('iou')).toBe(shelf.filesOf('iou'));
    expect(shelf.filesOf('iou').map(({ path }) => path)).toContain('drills/iou/cases.json');
  });

  it('leads from the README of a drill back to its pack', () => {
    const [readme] = openShelf(texts).filesOf('nms');
    expect(readme?.text).toMatch(/\n\n\[↑ Back to the pack\]\(\.\.\/\.\.\/README\.md\)\n$/);
  });
});
