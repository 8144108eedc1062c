/**
 * Bytes → text. UTF-8 first, then what a byte-order mark or the zero bytes of UTF-16 say, then a
 * guess among the legacy 8-bit code pages. Nothing here changes what the text says.
 */
import { analyse } from 'chardet';
import iconv from 'iconv-lite';

export const MAX_AD_BYTES = 1_000_000;

/** No person writes a longer line; patterns over lines are only safe below it. */
export const MAX_LINE_CHARACTERS = 10_000;

export type DecodeFailure = 'empty' | 'too-large' | 'binary' | 'line-too-long';
export type Decoded = { text: string; encoding: string } | { failure: DecodeFailure };

/** @param bytes the whole file. */
export function decodeText(bytes: Uint8Array): Decoded {
  if (bytes.length > MAX_AD_BYTES) return { failure: 'too-large' };
  const encoding = detectEncoding(bytes);
  const text = encoding === undefined ? undefined : decodeAs(bytes, encoding);
  if (encoding === undefined || text === undefined || isBinary(text)) return { failure: 'binary' };
  if (text.trim() === '') return { failure: 'empty' };
  if (text.split(/\r\n?|\n/).some((line) => line.length > MAX_LINE_CHARACTERS)) return { failure: 'line-too-long' };
  return { text, encoding };
}

function detectEncoding(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const utf16 = utf16WithoutMark(bytes);
  if (utf16 !== undefined) return utf16;
  if (bytes.includes(0)) return undefined;
  if (decodeAs(bytes, 'utf-8') !== undefined) return 'utf-8';
  return legacyCodePage(bytes);
}

/** Western text in UTF-16 has a zero in nearly every second byte. */
function utf16WithoutMark(bytes: Uint8Array): string | undefined {
  const sample = bytes.subarray(0, 4096);
  if (sample.length < 4) return undefined;
  let even = 0;
  let odd = 0;
  for (const [index, byte] of sample.entries()) {
    if (byte === 0) {
      if (index % 2 === 0) even += 1;
      else odd += 1;
    }
  }
  const half = sample.length / 2;
  if (odd > half * 0.6 && even < half * 0.05) return 'utf-16le';
  if (even > half * 0.6 && odd < half * 0.05) return 'utf-16be';
  return undefined;
}

/**
 * The likeliest single-byte code page. The detector's own first answer
 * is not taken blindly: multi-byte East Asian guesses come up for short Western texts.
 */
function legacyCodePage(bytes: Uint8Array): string | undefined {
  const guess = analyse(bytes).find(({ name }) => /^(?:windows-125\d|ISO-8859-\d+|KOI8-R)$/i.test(name));
  if (guess === undefined) return 'windows-1252';
  // Pages from Windows are supersets of the ISO ones, and what editors really wrote.
  const name = guess.name.toLowerCase();
  if (name === 'iso-8859-1') return 'windows-1252';
  if (name === 'iso-8859-2' && usesWindowsRange(bytes)) return 'windows-1250';
  return name;
}

/** ISO pages have only control characters in 0x80–0x9F; Windows pages have letters and quotes. */
function usesWindowsRange(bytes: Uint8Array): boolean {
  return bytes.some((byte) => byte >= 0x80 && byte <= 0x9f);
}

function decodeAs(bytes: Uint8Array, encoding: string): string | undefined {
  // TextDecoder of some Node releases reads windows-1252 as ISO-8859-1, so legacy pages go another way.
  if (!encoding.startsWith('utf-'))
    return iconv.encodingExists(encoding) ? iconv.decode(Buffer.from(bytes), encoding) : undefined;
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** More than one control character in a hundred is no text that a person wrote. */
function isBinary(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  const controls = text.match(/[\u0000-\u0008\u000e-\u001f\u007f]/g)?.length ?? 0;
  return controls > text.length / 100;
}
