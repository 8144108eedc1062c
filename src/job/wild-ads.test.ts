/** Whole ads in the styles that are met outside of textbooks, and what each asks for. */
import { describe, expect, test } from 'vitest';
import { loadMatcher } from '../../test/ads/labels.ts';
import { parseJob } from './parse.ts';
import type { Job } from './types.ts';

const matcher = await loadMatcher();

function jobOf(text: string): Job {
  return parseJob({ id: 'wild', file: 'jobs/wild.txt', bytes: new TextEncoder().encode(text) }, matcher);
}

/** `must: Python` for every requirement. */
function listed(text: string): string[] {
  return jobOf(text).requirements.map(({ kind, quote }) => `${kind}: ${quote}`);
}

const STARTUP_SLANG = `Full-Stack Ninja 🥷 @ Zoomly

Zoomly is the Uber for dog walks. We're 12 people, pre-Series A and moving fast.

What you'll do
🚀 Ship features end-to-end, every single day
🚀 Own our React Native app
🚀 Wrangle Postgres when it misbehaves

You're a fit if you
🚀 have 3+ yrs of TypeScript under your belt
🚀 aren't scared of prod

Brownie points
🚀 You've founded something

Perks
🚀 Unlimited PTO
🚀 A MacBook of your choice
`;

const RECRUITER_PROSE = `My client, a leading fintech in Warsaw, is growing its data team. They process two million payments a day and have been profitable since 2019.

They are looking for a Data Engineer with at least 4 years of commercial experience in Python. You must be fluent in SQL and should have experience with Airflow. Knowledge of Kafka would be a big plus. You will design the pipelines that feed the fraud models, and you'll mentor two junior colleagues.

My client offers up to 25k PLN a month, private healthcare and 26 days of holiday. If you are interested, please send me your CV today.
`;

const WALL_OF_TEXT = `Backend Developer (Java). Acme Logistics moves parcels in 14 countries. We are looking for an experienced developer who knows Java and Spring inside out. You will build the services behind our tracking page. 5+ years of Java experience is required. Experience with Kubernetes would be an advantage. You must speak English fluently. We offer a friendly team, a sport card and free fruit. Our office is in Gdańsk and has a view of the sea. Do you like parcels? Apply now at jobs@acme.example.
`;

const PASTED_TABLE = `Job title:\tMachine Learning Engineer
Company:\tVisionary GmbH
Location:\tBerlin
Salary:\t70-90k EUR

Requirement\tLevel
Python\tExpert
PyTorch\tAdvanced
Docker\tBasic
English\tC1
`;

const BILINGUAL = `Python Developer / Programista Python

Wymagania:
- min. 3 lata doświadczenia w Pythonie
- dobra znajomość SQL
Mile widziane:
- Docker
Oferujemy:
- pracę zdalną
- kartę sportową

Requirements:
- at least 3 years of Python
- good knowledge of SQL
Nice to have:
- Docker
We offer:
- remote work
- sport card
`;

const TERSE = `ML Eng (remote)

5+ yrs w/ k8s & TF
strong Py + SQL
MSc/PhD pref'd
no visa sponsorship
`;

const NUMBERED_TENDER = `SENIOR SOFTWARE ARCHITECT

1. SCOPE OF WORK
1.1 Designing the target architecture of the registry
1.2 Reviewing the designs of suppliers

2. MANDATORY REQUIREMENTS
2.1 At least 8 years of experience in software development
2.2 Certificate in TOGAF or equivalent

3. DESIRABLE
3.1 Knowledge of public procurement law

4. REMUNERATION
4.1 According to the collective agreement
`;

const MARKDOWN = `# Senior Platform Engineer

**Acme Cloud** is a hosting company.

## 💼 Your responsibilities
* Run our **Kubernetes** clusters
* Automate everything with Terraform

## ✅ Requirements
* Linux, deeply
* Go *or* Rust
  * including concurrency

### Nice-to-haves
* eBPF

---

## 🎁 Benefits
* Home office
`;

const GERMAN = `Datenwissenschaftler (m/w/d)
Unternehmen: Musterwerke GmbH

Über uns
Die Musterwerke GmbH baut seit 1950 Pumpen.

Deine Aufgaben
- Du entwickelst Modelle zur Vorhersage von Ausfällen
- Du arbeitest eng mit der Produktion zusammen

Dein Profil
- Abgeschlossenes Studium der Informatik
- Sehr gute Kenntnisse in Python
- Erfahrung mit AWS von Vorteil

Das bieten wir
- 30 Tage Urlaub
- Betriebliche Altersvorsorge
`;

const CHATTY_LETTER = `Hi there!

I'm Ola and I run the search team at Findly. We index 40 million products and every millisecond counts.

I need someone who can own our ranking. You've probably spent 3-5 years building search or recommendation systems, and you know your way around Elasticsearch. Python is a must, Go is nice to have. You should enjoy talking to customers.

What would you actually do? You'll run experiments, read the logs, and ship the winners.

We're not fussy about degrees. Sounds like you? Drop me a line.
`;

describe('wild ads', () => {
  test('start-up slang with an emoji for every bullet', () => {
    expect(listed(STARTUP_SLANG)).toEqual([
      'duty: Ship features end-to-end, every single day',
      'duty: Own our React Native app',
      'duty: Wrangle Postgres when it misbehaves',
      'must: have 3+ yrs of TypeScript under your belt',
      "must: aren't scared of prod",
      "nice: You've founded something",
    ]);
  });

  test('the prose of a recruiter', () => {
    expect(listed(RECRUITER_PROSE)).toEqual([
      'must: They are looking for a Data Engineer with at least 4 years of commercial experience in Python',
      'must: You must be fluent in SQL and should have experience with Airflow',
      'nice: Knowledge of Kafka would be a big plus',
      "duty: You will design the pipelines that feed the fraud models, and you'll mentor two junior colleagues",
    ]);
  });

  test('a wall of text', () => {
    expect(listed(WALL_OF_TEXT)).toEqual([
      'must: We are looking for an experienced developer who knows Java and Spring inside out',
      'duty: You will build the services behind our tracking page',
      'must: 5+ years of Java experience is required',
      'nice: Experience with Kubernetes would be an advantage',
      'must: You must speak English fluently',
    ]);
  });

  test('a pasted table', () => {
    expect(listed(PASTED_TABLE)).toEqual([
      'must: Python Expert',
      'must: PyTorch Advanced',
      'must: Docker Basic',
      'must: English C1',
    ]);
  });

  test('two languages, one after the other', () => {
    expect(listed(BILINGUAL)).toEqual([
      'must: min. 3 lata doświadczenia w Pythonie',
      'must: dobra znajomość SQL',
      'nice: Docker',
      'must: at least 3 years of Python',
      'must: good knowledge of SQL',
      'nice: Docker',
    ]);
  });

  test('a few terse lines', () => {
    expect(listed(TERSE)).toEqual(['must: 5+ yrs w/ k8s & TF', 'must: strong Py + SQL', "nice: MSc/PhD pref'd"]);
  });

  test('a public tender with numbered clauses', () => {
    expect(listed(NUMBERED_TENDER)).toEqual([
      'duty: Designing the target architecture of the registry',
      'duty: Reviewing the designs of suppliers',
      'must: At least 8 years of experience in software development',
      'must: Certificate in TOGAF or equivalent',
      'nice: Knowledge of public procurement law',
    ]);
  });

  test('Markdown with emoji in its headings', () => {
    expect(listed(MARKDOWN)).toEqual([
      'duty: Run our **Kubernetes** clusters',
      'duty: Automate everything with Terraform',
      'must: Linux, deeply',
      'must: Go *or* Rust',
      'must: including concurrency',
      'nice: eBPF',
    ]);
  });

  test('German', () => {
    expect(listed(GERMAN)).toEqual([
      'duty: Du entwickelst Modelle zur Vorhersage von Ausfällen',
      'duty: Du arbeitest eng mit der Produktion zusammen',
      'must: Abgeschlossenes Studium der Informatik',
      'must: Sehr gute Kenntnisse in Python',
      'nice: Erfahrung mit AWS von Vorteil',
    ]);
    expect(jobOf(GERMAN)).toMatchObject({
      title: 'Datenwissenschaftler (m/w/d)',
      company: 'Musterwerke GmbH',
      language: 'de',
    });
  });

  test('a letter from the person who hires', () => {
    expect(listed(CHATTY_LETTER)).toEqual([
      'must: I need someone who can own our ranking',
      "must: You've probably spent 3-5 years building search or recommendation systems, and you know your way around Elasticsearch",
      'must: Python is a must, Go is nice to have',
      'must: You should enjoy talking to customers',
      "duty: You'll run experiments, read the logs, and ship the winners",
    ]);
  });
});
