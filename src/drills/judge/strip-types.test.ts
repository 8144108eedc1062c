import { describe, expect, it } from 'vitest';
import { stripTypes } from './strip-types.ts';

describe('stripTypes', () => {
  it('leaves every line and column where it was', async () => {
    const text = 'export type Box = number[];\nexport function area(box: Box): number {\n  return box[0]!;\n}\n';
    const code = await stripTypes(text, 'iou.ts');
    expect(code.split('\n').map((line) => line.length)).toEqual(text.split('\n').map((line) => line.length));
    expect(code).toContain('function area(box     )');
  });

  it('says where TypeScript ends', async () => {
    await expect(stripTypes('export function f(a: number[] { return 1; }\n', 'iou.ts')).rejects.toMatchObject({
      code: 'drill-source',
      message: "iou.ts:1:31: expected TypeScript, found: Expected ',', got '{'",
    });
  });

  it('takes no enum, as Node does not', async () => {
    await expect(stripTypes('enum Colour { red }\n', 'iou.ts')).rejects.toMatchObject({ code: 'drill-source' });
  });
});
