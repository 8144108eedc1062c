import { describe, expect, it } from 'vitest';
import { caseId } from './case-id.ts';

describe('caseId', () => {
  it('is a UUID of version 5 that depends on primitive and name alone', () => {
    const id = caseId('nms', 'worked-example');
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(caseId('nms', 'worked-example')).toBe(id);
    expect(caseId('iou', 'worked-example')).not.toBe(id);
  });
});
