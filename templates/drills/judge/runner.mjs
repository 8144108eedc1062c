// Runs one function of one module for the judge: a request a line on standard input, a reply a
// line on standard output. What the function prints is caught and sent with the reply.
// usage: node runner.mjs <module> <function> [adapted]
// Adapted (a kernel of ours, never a reader's file), the name is that of an object: prepare(...args)
// is done before the clock runs, run(...prepared) is timed, restore(result, ...args) is done after it.
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

const PRINT_LIMIT = 8192;
// An endless loop must not outlive the judge.
const WATCHDOG = `const parent = process.ppid;
setInterval(() => { if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL'); }, 1000);`;
new Worker(WATCHDOG, { eval: true }).unref();

const [file, functionName, mode] = process.argv.slice(2);

const write = process.stdout.write.bind(process.stdout);
let printed = '';
const capture = (chunk) => {
  if (printed.length < PRINT_LIMIT) printed += String(chunk).slice(0, PRINT_LIMIT - printed.length);
  return true;
};
process.stdout.write = capture;
process.stderr.write = capture;
const reply = (message) => write(`${JSON.stringify(message)}\n`);

const NAMES = { NaN, Infinity, '-Infinity': -Infinity, '-0': -0 };

function decode(value) {
  if (typeof value === 'string') return Object.hasOwn(NAMES, value) ? NAMES[value] : value;
  if (Array.isArray(value)) return value.map(decode);
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, decode(part)]));
  }
  return value;
}

function encode(value, place) {
  if (typeof value === 'number') {
    if (Object.is(value, -0)) return '-0';
    return Number.isFinite(value) ? value : String(value);
  }
  if (typeof value === 'boolean' || typeof value === 'string' || value === null) return value;
  if (ArrayBuffer.isView(value)) return Array.from(value, (part) => encode(part, place));
  if (Array.isArray(value)) return Array.from(value, (part, index) => encode(part, `${place}[${index}]`));
  if (typeof value === 'object' && typeof value.then !== 'function') {
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, encode(part, `${place}.${key}`)]));
  }
  const kind = value === undefined ? 'undefined' : typeof value === 'object' ? 'a promise' : `a ${typeof value}`;
  throw new TypeError(`${place} is ${kind}; expected numbers, lists or a record of them`);
}

function failure(error) {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : `threw ${String(error)}`;
  const name = file.replaceAll('\\', '/').split('/').pop();
  const frame = error instanceof Error ? (error.stack ?? '').split('\n').find((line) => line.includes(name)) : undefined;
  const line = frame?.match(/:(\d+):\d+\)?$/)?.[1];
  return { state: 'threw', message, ...(line === undefined ? {} : { line: Number(line) }) };
}

let subject;
let prepareArguments = async (...args) => args;
let restoreResult = (result) => result;
let prepared;
let sink = 0;

// The result of every timed call is looked at, or the compiler may leave the call out.
function consume(result) {
  if (typeof result === 'number') return result;
  if (Array.isArray(result) || ArrayBuffer.isView(result)) return result.length + (result.length > 0 ? consume(result[0]) : 0);
  return result === null || typeof result !== 'object' ? 0 : Object.keys(result).length;
}

const operations = {
  call({ args }) {
    const decoded = decode(args);
    const value = encode(subject(...decoded), 'the result');
    const hasChangedInput = JSON.stringify(args) !== JSON.stringify(encode(decoded, 'an argument'));
    return { state: 'returned', value, hasChangedInput };
  },
  async prepare({ args }) {
    const decoded = decode(args);
    prepared = await prepareArguments(...decoded);
    return { state: 'returned', value: encode(restoreResult(subject(...prepared), ...decoded), 'the result') };
  },
  sample({ iterations }) {
    let sum = 0;
    const startedMs = performance.now();
    for (let count = 0; count < iterations; count += 1) sum += consume(subject(...prepared));
    const elapsedMs = performance.now() - startedMs;
    sink = sum;
    return { state: 'returned', value: elapsedMs };
  },
  machine() {
    return { state: 'returned', value: { bytesPerSecond: measureCopy(), multiplyAddsPerSecond: measureMultiplyAdd() } };
  },
};

// Copies 32 MB: read once and written once. The fastest of some tries is the limit.
function measureCopy() {
  const count = 4 * 1024 * 1024;
  const from = new Float64Array(count).fill(1);
  const to = new Float64Array(count);
  return fastest(8, () => {
    to.set(from);
    sink += to[count - 1];
  }, 2 * count * Float64Array.BYTES_PER_ELEMENT);
}

// Eight chains that do not wait for one another, as plain scalar code can issue them.
function measureMultiplyAdd() {
  const rounds = 500_000;
  for (let warm = 0; warm < 20; warm += 1) sink += multiplyAdds(1000);
  return fastest(40, () => {
    sink += multiplyAdds(rounds);
  }, 8 * rounds);
}

function multiplyAdds(rounds) {
  let a = 1.5;
  let b = 2.5;
  let c = 3.5;
  let d = 4.5;
  let e = 5.5;
  let f = 6.5;
  let g = 7.5;
  let h = 8.5;
  for (let round = 0; round < rounds; round += 1) {
    a = a * 0.999 + 0.1;
    b = b * 0.999 + 0.1;
    c = c * 0.999 + 0.1;
    d = d * 0.999 + 0.1;
    e = e * 0.999 + 0.1;
    f = f * 0.999 + 0.1;
    g = g * 0.999 + 0.1;
    h = h * 0.999 + 0.1;
  }
  return a + b + c + d + e + f + g + h;
}

function fastest(tries, run, amount) {
  let bestMs = Infinity;
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const startedMs = performance.now();
    run();
    bestMs = Math.min(bestMs, performance.now() - startedMs);
  }
  return amount / (bestMs / 1000);
}

try {
  if (file !== '-') {
    const module = await import(pathToFileURL(file).href);
    subject = module[functionName];
    if (mode === 'adapted') ({ prepare: prepareArguments, run: subject, restore: restoreResult } = subject);
  }
  if (file !== '-' && typeof subject !== 'function') throw new Error(`expected an exported function ${functionName}, found none`);
  reply({ state: 'ready', printed });
} catch (error) {
  reply({ ...failure(error), printed });
  process.exit(0);
}

for await (const line of createInterface({ input: process.stdin })) {
  printed = '';
  let answer;
  try {
    const request = JSON.parse(line);
    answer = await operations[request.op](request);
  } catch (error) {
    answer = failure(error);
  }
  reply({ ...answer, printed });
}
