/** Items → what to do today, this week and the night before, with minutes that add up. */
import { BASELINE, itemsOf, type Pack } from './schema.ts';

const TODAY_MINUTES = 120;
const NIGHT_ITEMS = 8;
/** Reading the spoken line of an answer aloud and checking it against the rubric. */
const RECALL_MINUTES = 3;

type StudyPlan = Pack['studyPlan'];

/** The first item of each line of the ad. */
function onePerLine<T extends { serves: string }>(items: readonly T[]): T[] {
  return items.filter((item, index) => items.findIndex((other) => other.serves === item.serves) === index);
}

/**
 * Today: the questions, those on the musts first, while they fit into two hours. This week: the other
 * questions, the tasks, the worksheets and the drills. The night before: the musts again, aloud.
 */
export function planStudy(pack: Omit<Pack, 'studyPlan'>): StudyPlan {
  const kinds = new Map(pack.requirements.map((requirement) => [requirement.id, requirement.kind]));
  const items = itemsOf({ ...pack, studyPlan: [] });
  const questions = items.filter((item) => item.section === 'questions');
  const onMusts = questions.filter((item) => kinds.get(item.serves) === 'must');
  const today: typeof items = [];
  let spent = 0;
  for (const item of [...onMusts, ...questions.filter((question) => !onMusts.includes(question))]) {
    if (spent + item.minutes > TODAY_MINUTES && today.length > 0) continue;
    today.push(item);
    spent += item.minutes;
  }
  const thisWeek = items.filter((item) => !today.includes(item));
  const night = [
    ...onePerLine(onMusts.length > 0 ? onMusts : today).slice(0, NIGHT_ITEMS),
    ...items.filter((item) => item.section === 'behavioural' && item.serves !== BASELINE).slice(0, 2),
  ];
  const block = (when: StudyPlan[number]['when'], list: typeof items, minutesEach?: number) =>
    list.length === 0
      ? []
      : [
          {
            when,
            minutes: list.reduce((sum, item) => sum + (minutesEach ?? item.minutes), 0),
            items: list.map((item) => item.id),
          },
        ];
  return [
    ...block('today', today),
    ...block('this week', thisWeek),
    ...block('the night before', night, RECALL_MINUTES),
  ];
}
