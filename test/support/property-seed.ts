/** Property tests draw the same cases every time; `FUZZ=1 npx vitest run` draws new ones. */
import { configureGlobal } from 'fast-check';

if (process.env['FUZZ'] === undefined) configureGlobal({ seed: 20260101 });
