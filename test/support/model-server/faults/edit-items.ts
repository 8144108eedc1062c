/** Finds the items in a reply, whichever way they were asked for, and puts changed ones back. */
import { isObject, parseJson, type JsonObject } from '../json.ts';

const REPAIR_KEY = /^item_\d+$/;

/** Content that is no JSON object stays as it is: there is nothing to break. */
export function editRoot(content: string, change: (root: JsonObject) => unknown): string {
  const root = parseJson(content);
  return isObject(root) ? JSON.stringify(change(root)) : content;
}

export function editItems(content: string, change: (items: JsonObject[]) => unknown[]): string {
  return editRoot(content, (root) => {
    const list = mainList(root);
    if (list !== undefined) return { ...root, [list.name]: change(list.items) };
    const keys = Object.keys(root).filter((key) => REPAIR_KEY.test(key));
    const changed = change(keys.map((key) => root[key]).filter(isObject));
    const rest = Object.entries(root).filter(([key]) => !keys.includes(key));
    const kept = changed.map((item, index) => [keys[index] ?? `item_${index + keys.length}`, item] as const);
    return Object.fromEntries([...rest, ...kept]);
  });
}

export function editFirstItem(content: string, change: (item: JsonObject) => unknown): string {
  return editItems(content, ([first, ...rest]) => (first === undefined ? [] : [change(first), ...rest]));
}

/** The first list of objects at the root. */
export function mainList(root: JsonObject): { name: string; items: JsonObject[] } | undefined {
  for (const [name, value] of Object.entries(root)) {
    if (Array.isArray(value) && value.some(isObject)) return { name, items: value.filter(isObject) };
  }
  return undefined;
}

export function itemsOf(content: string): JsonObject[] {
  let found: JsonObject[] = [];
  editItems(content, (items) => (found = items));
  return found;
}

/** The field with the most text: what a reader came for. */
export function longestText(item: JsonObject): { name: string; text: string } | undefined {
  const texts = Object.entries(item).flatMap(([name, text]) => (typeof text === 'string' ? [{ name, text }] : []));
  return texts.sort((one, other) => other.text.length - one.text.length)[0];
}

export function mapKeys(value: unknown, rename: (key: string) => string): unknown {
  if (Array.isArray(value)) return value.map((entry) => mapKeys(entry, rename));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [rename(key), mapKeys(entry, rename)]));
}
