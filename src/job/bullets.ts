/** The marks that ads put before the items of a list, as the source of a regular expression. */
export const BULLET_MARK = String.raw`(?:[-–—*+•·▪▸■◆●○◦‣✓✔✅☑➢➤►★→»]|o(?= )|\(?(?:\d{1,2}|[a-z])\)|\d{1,2}(?:\.\d{1,2}){1,3}\.?(?= +\p{Lu})|\d{1,2}\.(?!\d)|\p{Extended_Pictographic}\uFE0F?)`;

/** A line that starts with a mark and goes on with text; marks that cannot be text need no blank. */
export const BULLET_LINE = new RegExp(String.raw`^(\s*)(${BULLET_MARK})(?:\s+|(?<=[•▪▸■◆●✓✔✅☑➢➤►★])\s*)(?=\S)`, 'u');
