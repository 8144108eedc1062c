import { describe, expect, test } from 'vitest';
import { openForecastTools, openModelProvider, runModel } from '../../test/support/model-runs.ts';
import { startModelServer, type ModelServerOptions } from '../../test/support/model-server/server.ts';
import { createProject, PYTHON_AD } from '../../test/support/projects.ts';
import { parseJob } from '../job/parse.ts';
import { addForecast, forecastJob, noForecast, type Forecast } from './forecast.ts';

async function stage(options: ModelServerOptions = {}) {
  const made = await createProject({ 'jobs/python.txt': PYTHON_AD });
  const server = await startModelServer(options);
  const settings = { provider: 'openai' as const, baseUrl: server.baseUrl };
  return {
    made,
    server,
    run: () => runModel(made, settings),
    async forecast(model = 'gpt-5-mini', ad = PYTHON_AD): Promise<Forecast> {
      const tools = await openForecastTools(made, { ...settings, model });
      const job = parseJob({ id: 'python', file: 'jobs/python.txt', bytes: Buffer.from(ad) }, tools.matchSkills);
      return forecastJob(tools, job);
    },
    async [Symbol.asyncDispose]() {
      await server.close();
      await made.fixture.rm();
    },
  };
}

describe('a forecast', () => {
  test('of a new job counts a reading and every part, and sends nothing', async () => {
    await using on = await stage();
    const forecast = await on.forecast();
    expect(on.server.requests).toHaveLength(0);
    await on.run();
    // The reading decides how many topics there are, so one part more or less is no surprise.
    expect(Math.abs(forecast.calls - on.server.requests.length)).toBeLessThanOrEqual(1);
    expect(forecast.outputTokens).toBeLessThan(forecast.outputTokensP90);
    expect(forecast.costUsd).toBeLessThan(forecast.costUsdP90 ?? 0);
  });

  test('of its input is near what is counted, of a new job as well', async () => {
    await using on = await stage();
    const { inputTokens } = await on.forecast();
    await on.run();
    const { promptTokens } = on.server.summary();
    expect(inputTokens / promptTokens).toBeGreaterThan(0.8);
    // The schema is sent as well; the test server does not count it.
    expect(inputTokens / promptTokens).toBeLessThan(1.4);
  });

  test('of a job whose replies are kept is nothing', async () => {
    await using on = await stage();
    await on.run();
    expect(await on.forecast()).toEqual(noForecast());
  });

  test('of a job that was interrupted counts what is missing', async () => {
    let isDown = false;
    await using on = await stage({
      faults: ({ messages }) =>
        isDown && messages.some(({ content }) => content.includes('Write worksheets')) ? 'unauthorized' : undefined,
    });
    isDown = true;
    await on.run();
    isDown = false;
    const before = on.server.charged.length;
    const { calls } = await on.forecast();
    expect(calls).toBeGreaterThan(0);
    await on.run();
    expect(on.server.charged.length - before).toBe(calls);
  });

  test('without a price has tokens and no dollars', async () => {
    await using on = await stage();
    expect(await on.forecast('llama-local')).toMatchObject({
      calls: expect.any(Number),
      costUsd: null,
      costUsdP90: null,
    });
  });

  test('of another model knows nothing of this one’s replies', async () => {
    await using on = await stage();
    await on.run();
    expect((await on.forecast('gpt-5')).calls).toBeGreaterThan(1);
  });

  test('is nothing to ask for where no model is asked', async () => {
    await using on = await stage();
    await expect(openForecastTools(on.made, { provider: 'offline' })).rejects.toThrow('nobody is asked');
    await expect(openModelProvider(on.made, { provider: 'offline' })).rejects.toThrow('no model is asked');
  });
});

test('forecasts add up, and what is not known stays unknown', () => {
  const one: Forecast = {
    calls: 1,
    inputTokens: 10,
    outputTokens: 20,
    outputTokensP90: 30,
    costUsd: 0.5,
    costUsdP90: 1,
  };
  expect(addForecast(one, one)).toEqual({
    calls: 2,
    inputTokens: 20,
    outputTokens: 40,
    outputTokensP90: 60,
    costUsd: 1,
    costUsdP90: 2,
  });
  expect(addForecast(noForecast(), one)).toEqual(one);
  expect(addForecast(one, { ...one, costUsd: null, costUsdP90: null })).toMatchObject({
    calls: 2,
    costUsd: null,
    costUsdP90: null,
  });
});
