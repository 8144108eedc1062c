/** Content as models write it on a bad day: made from valid content, so that one thing is wrong. */
import type { ChatRequest } from '../chat-request.ts';
import { isObject, parseJson, type JsonObject } from '../json.ts';
import { editFirstItem, editItems, editRoot, itemsOf, longestText, mainList, mapKeys } from './edit-items.ts';
import type { ContentFault } from './types.ts';

const BEFORE = 'Sure! Here is the JSON you asked for:';
const AFTER = 'Let me know if you would like me to change anything.';
const LOREM = 'Lorem ipsum dolor sit amet, consectetur adipiscing elit. ';
const BYTE_ORDER_MARK = String.fromCodePoint(0xfeff);

function content(shows: string, change: (content: string, request: ChatRequest) => string): ContentFault {
  return { kind: 'content', shows, change };
}

function items(shows: string, change: (items: JsonObject[]) => unknown[]): ContentFault {
  return content(shows, (text) => editItems(text, change));
}

/** Changes the longest text of the first item. */
function longest(shows: string, change: (text: string, request: ChatRequest) => string): ContentFault {
  return content(shows, (reply, request) =>
    editFirstItem(reply, (item) => {
      const found = longestText(item);
      return found === undefined ? item : { ...item, [found.name]: change(found.text, request) };
    }),
  );
}

function fence(text: string): string {
  return `\`\`\`json\n${text}\n\`\`\``;
}

function indent(text: string): string {
  return JSON.stringify(parseJson(text) ?? text, null, 2);
}

/** JSON text → the same in single quotes, as Python prints it. */
function toSingleQuotes(text: string): string {
  return text.replace(/"((?:[^"\\]|\\.)*)"/g, (_, inner: string) => {
    return `'${inner.replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
  });
}

function titleCase(key: string): string {
  if (key === 'name') return 'Task Name';
  const words = key.replace(/([a-z])([A-Z])/g, '$1 $2').replaceAll('_', ' ');
  return words.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
}

function snakeCase(key: string): string {
  return key.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();
}

function withoutFirstField(item: JsonObject): JsonObject {
  const gone = 'name' in item ? 'name' : Object.keys(item)[0];
  return Object.fromEntries(Object.entries(item).filter(([key]) => key !== gone));
}

function mapValues(item: JsonObject, change: (value: unknown) => unknown): JsonObject {
  return Object.fromEntries(Object.entries(item).map(([key, value]) => [key, change(value)]));
}

function numberAsText(value: unknown): unknown {
  return typeof value === 'number' ? `${value} minutes` : value;
}

function listAsText(value: unknown): unknown {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string') ? value.join(', ') : value;
}

function listAsObject(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return Object.fromEntries(value.map((entry: unknown, index) => [String(index + 1), entry]));
}

/** Like the last one and yet another one: same shape, no text twice. */
function oneMore(list: JsonObject[]): JsonObject[] {
  const last = list.at(-1);
  if (last === undefined) return list;
  return [...list, mapValues(last, (value) => (typeof value === 'string' ? `Another matter: ${value}` : value))];
}

function firstAgain(list: JsonObject[]): JsonObject[] {
  const [first] = list;
  if (first === undefined) return list;
  return list.length === 1 ? [first, first] : [...list.slice(0, -1), first];
}

function toMarkdown(reply: string): string {
  const blocks = itemsOf(reply).map((item, index) => {
    const lines = Object.entries(item).map(
      ([key, value]) => `**${titleCase(key)}:** ${typeof value === 'string' ? value : JSON.stringify(value)}`,
    );
    return [`## ${index + 1}.`, ...lines].join('\n\n');
  });
  return blocks.length === 0 ? `## Reply\n\n${reply}` : blocks.join('\n\n');
}

function toBareList(reply: string): string {
  const root = parseJson(reply);
  return isObject(root) ? JSON.stringify(mainList(root)?.items ?? Object.values(root)) : reply;
}

function echoOf({ messages }: ChatRequest): string {
  return (messages.findLast(({ role }) => role === 'user')?.content ?? '').slice(0, 600);
}

export const CONTENT_FAULTS = {
  fenced: content('JSON in a ```json fence', fence),
  'prose-before': content('a sentence before the JSON', (text) => `${BEFORE}\n\n${text}`),
  'prose-after': content('a sentence after the JSON', (text) => `${text}\n\n${AFTER}`),
  'prose-around': content(
    'a fence with a sentence on either side',
    (text) => `${BEFORE}\n\n${fence(text)}\n\n${AFTER}`,
  ),
  'trailing-commas': content('a comma before every closing bracket', (text) =>
    indent(text).replace(/([^[{,\s])\n(\s*[}\]])/g, '$1,\n$2'),
  ),
  'single-quotes': content('single quotes', toSingleQuotes),
  'title-case-keys': content('"Task Name" for name, "Follow Ups" for followUps', (text) =>
    editItems(text, (list) => list.map((item) => mapKeys(item, titleCase))),
  ),
  'snake-case-keys': content('follow_ups for followUps', (text) =>
    editItems(text, (list) => list.map((item) => mapKeys(item, snakeCase))),
  ),
  'missing-field': content('one item without its name or first field', (text) =>
    editFirstItem(text, withoutFirstField),
  ),
  'numbers-as-text': items('"20 minutes" for 20', (list) => list.map((item) => mapValues(item, numberAsText))),
  'list-as-text': items('lists of texts joined by commas', (list) => list.map((item) => mapValues(item, listAsText))),
  'list-as-object': content('{"1": …, "2": …} for a list', (text) =>
    editRoot(text, (root) => {
      const list = mainList(root);
      if (list !== undefined) return { ...root, [list.name]: listAsObject(list.items) };
      return mapValues(root, (item) => (isObject(item) ? mapValues(item, listAsObject) : item));
    }),
  ),
  'extra-item': items('an item that was not asked for', oneMore),
  'item-missing': items('one item fewer', (list) => list.slice(0, -1)),
  'duplicate-item': items('the first item in the place of the last', firstAgain),
  'placeholder-tbd': longest('TBD for a text', () => 'TBD'),
  'placeholder-lorem': longest('Lorem ipsum of the right length', (text) =>
    LOREM.repeat(Math.ceil(text.length / LOREM.length)).trimEnd(),
  ),
  'placeholder-dots': longest('... for a text', () => '...'),
  'prompt-echo': longest('the words of the prompt for a text', (_, request) => echoOf(request)),
  'too-short': longest('two words for a text', () => 'It depends.'),
  'bare-list': content('the list without the object around it', toBareList),
  markdown: content('Markdown with headings, no JSON', toMarkdown),
  'byte-order-mark': content('a byte order mark before the JSON', (text) => `${BYTE_ORDER_MARK}${text}`),
  'think-prefix': content('<think>…</think> before the JSON', (text) => {
    return `<think>\nThe user wants {"items": [...]}. I should be careful.\n</think>\n\n${text}`;
  }),
} as const satisfies Record<string, ContentFault>;
