/** Name → provider. */
import type { Options } from '../config.ts';
import { createOfflineProvider } from '../provider/offline/offline.ts';
import type { Provider } from '../provider/types.ts';
import type { Content } from './content.ts';

export async function openProvider(name: Options['provider'], content: Content): Promise<Provider> {
  const openers = {
    offline: async () => {
      const { bank, taxonomy } = await content.knowledge();
      return createOfflineProvider(bank, taxonomy);
    },
  } satisfies Record<Options['provider'], () => Promise<Provider>>;
  return openers[name]();
}
