/** Names of generated files: inside the folder of their pack, and never the reader's. */
import path from 'node:path';
import { z } from 'zod';

/** The folder of a pack that belongs to the reader. */
const READERS_FOLDER = 'my';

export function isInnerPath(name: string): boolean {
  const [first = ''] = name.split('/');
  return (
    name !== '' &&
    !name.includes('\\') &&
    !path.posix.isAbsolute(name) &&
    !path.win32.isAbsolute(name) &&
    path.posix.normalize(name) === name &&
    first !== '..' &&
    first !== '.' &&
    first.toLowerCase() !== READERS_FOLDER
  );
}

export const innerPathSchema = z.string().refine(isInnerPath, 'expected a path inside the folder of the pack');
