import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { parseBank, readBankFiles } from '../bank/load.ts';
import { skillSchema, type Skill } from '../bank/schema.ts';
import { buildSkillMatcher, type SkillMatcher } from './match.ts';

let skills: Skill[] = [];
let match: SkillMatcher = () => [];

beforeAll(async () => {
  // The taxonomy alone: what stands in the other files does not bear on matching.
  const files = (await readBankFiles('bank')).filter((file) => file.name === 'skills.yaml');
  const parsed = parseBank(files, 'bank');
  if ('problems' in parsed) throw new Error(parsed.problems.map((problem) => problem.message).join('\n'));
  skills = parsed.bank.skills;
  match = buildSkillMatcher(skills);
});

function matcherOf(
  ...entries: { id: string; name: string; aliases?: string[]; exact?: string[]; alone?: boolean }[]
): SkillMatcher {
  return buildSkillMatcher(entries.map((entry) => skillSchema.parse(entry)));
}

describe('names and short names', () => {
  test.each([
    ['Kubernetes', ['platform.kubernetes']],
    ['k8s', ['platform.kubernetes']],
    ['K8S', ['platform.kubernetes']],
    ['sklearn', ['ml.libraries']],
    ['scikit-learn', ['ml.libraries']],
    ['scikit learn', ['ml.libraries']],
    ['TF', ['dl.tensorflow']],
    ['TensorFlow', ['dl.tensorflow']],
    ['tensorflow', ['dl.tensorflow']],
    ['TF-IDF', ['nlp.tf-idf']],
    ['Node.js', ['programming.nodejs']],
    ['NodeJS', ['programming.nodejs']],
    ['node js', ['programming.nodejs']],
    ['.NET', ['programming.csharp']],
    ['dotnet', ['programming.csharp']],
    ['C#', ['programming.csharp']],
    ['C++', ['programming.cpp']],
    ['C++17', ['programming.cpp']],
    ['CI/CD', ['engineering.cicd']],
    ['CICD', ['engineering.cicd']],
    ['React.js', ['web.react']],
    ['ReactJS', ['web.react']],
    ['Postgres', ['databases.postgresql']],
    ['SQL', ['databases.sql']],
    ['AWS', ['platform.aws']],
    ['GCP', ['platform.gcp']],
    ['Golang', ['programming.go']],
    ['LLMs', ['nlp.transformers']],
    ['CNNs', ['dl.cnn']],
    ['numpy', ['programming.python.scientific']],
    ['JS', ['programming.javascript']],
    ['REST APIs', ['architecture.apis']],
  ])('%s', (text, ids) => {
    expect(match(text)).toEqual(ids);
    expect(match(`Experience with ${text}, please`)).toEqual(ids);
    expect(match(`(${text})`)).toEqual(ids);
    expect(match(`${text}.`)).toEqual(ids);
  });

  test('several in one line stand in the order of the line, each once', () => {
    expect(match('PyTorch/TensorFlow/Keras, then PyTorch again and SQL')).toEqual([
      'dl.pytorch',
      'dl.tensorflow',
      'dl.keras',
      'databases.sql',
    ]);
  });

  test('nothing in a line that names none', () => {
    expect(match('A sense of humour')).toEqual([]);
    expect(match('')).toEqual([]);
  });
});

describe('R, C and Go are languages only among languages', () => {
  test.each([
    ['Python or R', 'programming.r'],
    ['R, Python, SQL', 'programming.r'],
    ['Programming in R', 'programming.r'],
    ['C or C++', 'programming.c'],
    ['C, Java', 'programming.c'],
    ['programming languages: C', 'programming.c'],
    ['Go or Java', 'programming.go'],
    ['Python, Go and Rust', 'programming.go'],
    ['Python, Go and Rust', 'programming.rust'],
    ['Python/Go', 'programming.go'],
    ['Go (Golang)', 'programming.go'],
    ['Go, Python', 'programming.go'],
    ['Backend services in Go', 'programming.go'],
  ])('%s: %s', (text, id) => {
    expect(match(text)).toContain(id);
  });

  test.each([
    ['React and Redux in a Python shop', 'programming.r'],
    ['R&D in a Python team', 'programming.r'],
    ['Python in an R & D department', 'programming.r'],
    ['You are ready to go the extra mile, in Python too', 'programming.go'],
    ['Go the extra mile with Python', 'programming.go'],
    ['Good Python', 'programming.go'],
    ['Python on the go', 'programming.go'],
    ['Go-to-market experience, Python', 'programming.go'],
    ['Vitamin C for Python developers', 'programming.c'],
    ['C-level stakeholders who code in Python', 'programming.c'],
    ['C++ and Python', 'programming.c'],
    ['C# and Java', 'programming.c'],
    ['Objective-C and Java', 'programming.c'],
    ['Rust-proof Python', 'programming.rust'],
    ['English at level C1, Python', 'programming.c'],
    ['Series C start-up with a Python backend', 'programming.c'],
  ])('%s: no %s', (text, id) => {
    expect(match(text)).not.toContain(id);
  });

  test.each(['go', 'R', 'C', 'Go'])('%s by itself says too little', (text) => {
    expect(match(text)).toEqual([]);
  });

  test('a CV that is sent is no computer vision', () => {
    expect(match('Send a CV')).toEqual([]);
    expect(match('Please send us your CV')).toEqual([]);
    expect(match('CV models in production')).toContain('cv');
  });

  test('Java is not in JavaScript and the other way round', () => {
    expect(match('JavaScript')).toEqual(['programming.javascript']);
    expect(match('Java')).toEqual(['programming.java']);
  });
});

describe('one word in many spellings', () => {
  test.each([
    ['Optimizing the code', 'Optimising the code'],
    ['data modeling', 'data modelling'],
    ['containerization', 'containerisation'],
    ['Visualization of color data pipelines', 'Visualisation of colour data pipelines'],
    ['tokenization', 'tokenisation'],
    ['regularization', 'regularisation'],
    ['nearest neighbors', 'nearest neighbours'],
    ['unit test', 'unit tests'],
    ['data pipeline', 'data pipelines'],
    ['microservice', 'microservices'],
    ['neural network', 'Neural Networks'],
    ['design pattern', 'design patterns'],
    ["bachelor's degree", 'bachelor’s degree'],
    ['code review', 'Code reviews'],
  ])('%s = %s', (one, other) => {
    expect(match(one)).toEqual(match(other));
    expect(match(one)).not.toEqual([]);
  });
});

describe('the longest name wins', () => {
  test.each([
    ['machine learning pipelines', ['mlops.pipelines']],
    ['Spark MLlib', ['bigdata.spark-mllib']],
    ['object detection', ['cv.detection']],
    ['web application security', ['web.security']],
    ['Google Cloud Platform', ['platform.gcp']],
    ['machine learning engineer', ['mlops']],
  ])('%s', (text, ids) => {
    expect(match(text)).toEqual(ids);
  });

  test('fillers inside a name do not break it, other words do', () => {
    const find = matcherOf({ id: 'a', name: 'code review' }, { id: 'b', name: 'code' });
    expect(find('the review of our code')).toEqual(['b']);
    expect(find('code for review')).toEqual(['a']);
    expect(find('code before review')).toEqual(['b']);
  });

  test('two skills with one name are both found', () => {
    const find = matcherOf({ id: 'a', name: 'Testing' }, { id: 'b', name: 'Testing' });
    expect(find('testing')).toEqual(['a', 'b']);
  });
});

describe('exact names', () => {
  test('count only as they are written, and in the plural', () => {
    const find = matcherOf({ id: 'x', name: 'Widgets', exact: ['WDG'] });
    expect(find('WDG')).toEqual(['x']);
    expect(find('WDGs')).toEqual(['x']);
    expect(find('wdg')).toEqual([]);
    expect(find('Wdg')).toEqual([]);
  });
});

describe('a name that stands alone', () => {
  test('hides the others of its line', () => {
    expect(match('Bachelor’s degree in Computer Science, mathematics or statistics')).toEqual(['paper.degree']);
    expect(match('PhD in machine learning')).toEqual(['paper.advanced-degree']);
  });

  test('is told with the others that stand alone', () => {
    const find = matcherOf(
      { id: 'a', name: 'Degree', alone: true },
      { id: 'b', name: 'Medal', alone: true },
      { id: 'c', name: 'SQL' },
    );
    expect(find('SQL, a degree or a medal')).toEqual(['a', 'b']);
    expect(find('SQL')).toEqual(['c']);
  });
});

describe('rules of the real taxonomy', () => {
  test('every skill is found by its own name, but for the languages of one letter', () => {
    const silent = skills.filter(
      (skill) =>
        skill.parent !== 'domain' && skill.id !== 'domain' && skill.id !== 'paper' && match(skill.name).length === 0,
    );
    expect(silent.map((skill) => skill.id)).toEqual([
      'programming.c',
      'programming.go',
      'programming.rust',
      'programming.r',
      'deployment.flask',
    ]);
  });

  test('every alias of several words finds its own skill or one with the same alias', () => {
    const lost = skills.flatMap((skill) =>
      skill.aliases
        .filter((alias) => alias.includes(' ') && !skill.alone && !match(alias).includes(skill.id))
        .map((alias) => `${skill.id}: ${alias}`),
    );
    expect(lost).toEqual([]);
  });

  test('any text gives known ids, each once', () => {
    const known = new Set(skills.map((skill) => skill.id));
    const words = fc.constantFrom(
      'Python',
      'R',
      'Go',
      'C',
      'C++',
      '&',
      'and',
      'data',
      'machine',
      'learning',
      'degree',
      '’s',
      '(',
      '/',
      '🚀',
      'CI',
      'CV',
      'your',
      '.NET',
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 20 }), (list) => {
        const ids = match(list.join(' '));
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.filter((id) => !known.has(id))).toEqual([]);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test('a long text costs little more than its length', () => {
    const text = 'data engineering and machine learning pipelines in the cloud '.repeat(2000);
    const start = performance.now();
    expect(match(text)).toContain('data.engineering');
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
