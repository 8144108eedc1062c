/** A case keeps its uuid as long as its primitive and its name stay: UUID version 5 (RFC 9562 §5.5). */
import { createHash } from 'node:crypto';

/** Of these drills alone; never to be changed. */
const NAMESPACE = '5f0c1f3c-2c54-5a0b-9f5e-6c2f0c6d1b7a';

export function caseId(primitive: string, name: string): string {
  const bytes = createHash('sha1')
    .update(Buffer.from(NAMESPACE.replaceAll('-', ''), 'hex'))
    .update(`${primitive}/${name}`)
    .digest()
    .subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
