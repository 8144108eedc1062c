/** Ads in any number, each its own. */
const SUBJECTS = [
  'SQL',
  'Python',
  'Docker',
  'REST APIs',
  'Kubernetes',
  'PyTorch',
  'Linux',
  'Git',
  'React',
  'PostgreSQL',
];

/** `ad-07` → text. */
export function manyAds(count: number): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`ad-${String(index).padStart(2, '0')}`, adOf(index)]),
  );
}

function adOf(index: number): string {
  const subject = (step: number) => SUBJECTS[(index + step) % SUBJECTS.length] ?? 'SQL';
  return [
    `${subject(0)} Engineer ${index}`,
    `Company: Acme ${index}`,
    '',
    'Requirements:',
    `- ${subject(0)} in production`,
    `- Solid ${subject(1)} and ${subject(2)}`,
    '- Clear communication with people outside the team',
    '',
    'Nice to have:',
    `- ${subject(3)}`,
    '',
  ].join('\n');
}
