/** A random scene: truths in some images, detections that hit, miss and repeat. */
import type { Box } from '../boxes.ts';
import type { Random } from '../random.ts';
import type { Detection, Truth } from './oracle.ts';

const LABELS = ['cat', 'dog', 'owl'];
const IMAGES = ['one', 'two'];

export function randomScene(random: Random, truthCount: number): { detections: Detection[]; truths: Truth[] } {
  const pick = (items: readonly string[]): string => items[random.integer(0, items.length - 1)] as string;
  const truths = Array.from({ length: truthCount }, (_, place): Truth => {
    const [left, top] = [(place % 8) * 30, Math.floor(place / 8) * 30];
    return { image: pick(IMAGES), label: pick(LABELS), box: [left, top, left + random.integer(8, 20), top + 12] };
  });
  const detections = truths.flatMap((truth) =>
    Array.from({ length: random.integer(0, 3) }, (): Detection => {
      const [dx, dy] = [random.integer(-4, 4), random.integer(-3, 3)];
      const [x1, y1, x2, y2] = truth.box;
      const box: Box = [x1 + dx, y1 + dy, x2 + dx, y2 + dy];
      const isRight = random.next() < 0.85;
      return { ...truth, label: isRight ? truth.label : pick(LABELS), box, score: random.integer(1, 20) / 20 };
    }),
  );
  return { detections, truths };
}
