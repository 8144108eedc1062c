/** Items as they travel → items of a pack: what the topic decided is put beside what was written. */
import type { Job } from '../../job/types.ts';
import type { Draft, SectionName } from '../draft.ts';
import type { Topic } from '../topics.ts';
import type { WireItem } from '../wire.ts';

/** @param origin who wrote it, such as `openai:gpt-6.1-terra`. */
export function toItems<S extends SectionName>(
  section: S,
  items: readonly WireItem<S>[],
  topics: readonly Topic[],
  job: Job,
  origin: string,
): Draft[S] {
  const byId = new Map(topics.map((topic) => [topic.id, topic]));
  const skillsOf = (topic: Topic) => job.requirements.find(({ id }) => id === topic.serves)?.skills ?? [];
  const writers: { [Name in SectionName]: (item: WireItem<Name>, topic: Topic) => Draft[Name][number] } = {
    questions: ({ topic: _topic, minutes, ...written }, topic) => ({
      id: topic.id,
      ...written,
      minutes: Math.round(minutes),
      kind: topic.kind,
      level: topic.level,
      skills: skillsOf(topic),
      serves: topic.serves,
      origin,
    }),
    tasks: ({ topic: _topic, minutes, ...written }, topic) => ({
      id: topic.id,
      ...written,
      minutes: Math.round(minutes),
      skills: skillsOf(topic),
      serves: topic.serves,
      level: topic.level,
    }),
    behavioural: ({ topic: _topic, ...written }, topic) => ({
      id: topic.id,
      ...written,
      skills: skillsOf(topic),
      serves: topic.serves,
    }),
  };
  const write = writers[section];
  return items.flatMap((item) => {
    const topic = byId.get(item.topic);
    return topic === undefined ? [] : [write(item, topic)];
  }) as Draft[S];
}
