/** Which member of a group is which field: by its name, by another spelling, by another word. */
import { fieldNamed, isSpelling } from './aliases.ts';
import type { GroupShape } from './shape.ts';
import type { Group, Member } from './tree.ts';

export interface NamedMember extends Member {
  /** Where its value goes: the field, or the key itself when it stays as it is. */
  field: string;
}

export interface NamedMembers {
  taken: NamedMember[];
  /** Keys that are no field; they are not part of the value. */
  extra: string[];
  what: string[];
}

/** A name is only taken for a field that no member has by its own name, and never two for one field. */
export function nameMembers(group: Group, shape: GroupShape): NamedMembers {
  const names = [...shape.fields.keys()];
  const claims = new Map<string, Member[]>();
  const named: NamedMembers = { taken: [], extra: [], what: [] };
  for (const member of group.members) {
    const field = fieldNamed(member.key, names);
    if (field !== undefined) claims.set(field, [...(claims.get(field) ?? []), member]);
    else if (shape.isLoose) named.taken.push({ ...member, field: member.key });
    else named.extra.push(member.key);
  }
  for (const [field, members] of claims) settleClaim(field, members, named);
  return named;
}

function settleClaim(field: string, members: Member[], named: NamedMembers): void {
  const ranks = [
    members.filter(({ key }) => key === field),
    members.filter(({ key }) => key !== field && isSpelling(key, field)),
    members.filter(({ key }) => !isSpelling(key, field)),
  ];
  const best = ranks.find((rank) => rank.length > 0) ?? [];
  const [only, ...rivals] = best;
  if (only === undefined) return;
  named.extra.push(...members.filter((member) => !best.includes(member)).map(({ key }) => key));
  if (only.key === field) named.taken.push(...best.map((member) => ({ ...member, field })));
  else if (rivals.length === 0) {
    named.taken.push({ ...only, field });
    named.what.push(`renamed "${only.key}" to "${field}"`);
  } else {
    named.taken.push(...best.map((member) => ({ ...member, field: member.key })));
    named.what.push(`left ${best.map(({ key }) => `"${key}"`).join(' and ')} as they are: each could be "${field}"`);
  }
}
