/** A primitive → the files of `drills/<id>/` in a pack. Pure: the same bytes every time. */
import { casesDocument } from './build-cases.ts';
import { LANGUAGES, type Language, type PrimitiveId } from './primitive-ids.ts';
import { primitiveOf } from './registry.ts';
import { EXTENSION, type DrillTexts } from './texts.ts';

export interface DrillFile {
  /** Below the folder of the pack, with `/`: `drills/nms/README.md`. */
  path: string;
  text: string;
}

export function renderDrill(id: PrimitiveId, texts: DrillTexts): DrillFile[] {
  const { readme, hints, stubs } = texts[id];
  const primitive = primitiveOf(id);
  const { title } = primitive;
  const at = (name: string, text: string): DrillFile => ({ path: `drills/${id}/${name}`, text });
  return [
    at('README.md', `${readme}\n[↑ Back to the pack](../../README.md)\n`),
    at('cases.json', casesDocument(primitive)),
    ...hints.map((text, index) =>
      at(`hints/${index + 1}.md`, `# Hint ${index + 1} of ${hints.length}: ${title}\n\n${text}`),
    ),
    ...LANGUAGES.map((language) => at(solutionName(id, language), stubs[language])),
  ];
}

/** `nms.ts`, `average_precision.py`: a name that the language can import. */
export function solutionName(id: PrimitiveId, language: Language): string {
  return `${language === 'python' ? id.replaceAll('-', '_') : id}.${EXTENSION[language]}`;
}
