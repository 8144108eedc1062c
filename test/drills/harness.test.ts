/** The tests are tested: stubs fail every case, references and rungs pass all, in both languages. */
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/drills/primitive-ids.ts';
import { checkProperties } from '../../src/drills/properties/check-properties.ts';
import { allPrimitives } from '../../src/drills/registry.ts';
import { drillFile, EXTENSION, ladderOf, referenceFile } from '../../src/drills/texts.ts';
import { TEMPLATES_DIR } from './host.ts';
import { judgeFile, namesOf, withFile } from './solutions.ts';

describe.each(allPrimitives())('$id', (primitive) => {
  describe.each(LANGUAGES)('in %s', (language) => {
    it('has a stub that fails every case', async () => {
      const stub = drillFile(TEMPLATES_DIR, primitive.id, `stub.${EXTENSION[language]}`);
      const results = await judgeFile(primitive, language, stub);
      expect(results.length).toBeGreaterThanOrEqual(25);
      expect(namesOf(results, (isPassed) => isPassed)).toEqual([]);
    });

    it('has a reference that passes every case and keeps every rule', async () => {
      const file = referenceFile(TEMPLATES_DIR, primitive.id, language);
      expect(namesOf(await judgeFile(primitive, language, file), (isPassed) => !isPassed)).toEqual([]);
      const broken = await withFile({ language, file, functionName: primitive.functionName[language] }, (session) =>
        checkProperties(session, primitive, { seed: 1, runs: 25 }),
      );
      expect(broken.filter(({ counterexample }) => counterexample !== undefined)).toEqual([]);
    });

    it('has a ladder whose rungs pass every case', async () => {
      for (const { file } of await ladderOf(TEMPLATES_DIR, primitive.id, language))
        expect(namesOf(await judgeFile(primitive, language, file), (isPassed) => !isPassed)).toEqual([]);
    });
  });
});
