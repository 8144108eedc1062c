/* The yardstick: the hashed grid of src/drills/kernels/nms/grid.ts in plain C, f64 from f32 coordinates. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef struct { float x1, y1, x2, y2; double area; } Kept;

static int32_t *by_score(const float *scores, int n, uint32_t *keys, int32_t *order, int32_t *other) {
  static uint32_t counts[3][2048];
  memset(counts, 0, sizeof counts);
  for (int i = 0; i < n; i++) {
    float score = scores[i] + 0.0f;
    uint32_t bits;
    memcpy(&bits, &score, 4);
    uint32_t key = bits >> 31 ? bits : ~bits & 0x7fffffffu;
    if (score != score) key = 0xffffffffu;
    keys[i] = key;
    order[i] = i;
    counts[0][key & 2047]++;
    counts[1][(key >> 11) & 2047]++;
    counts[2][key >> 22]++;
  }
  for (int d = 0; d < 3; d++) {
    uint32_t sum = 0;
    for (int b = 0; b < 2048; b++) { uint32_t c = counts[d][b]; counts[d][b] = sum; sum += c; }
    for (int i = 0; i < n; i++) other[counts[d][(keys[order[i]] >> (11 * d)) & 2047]++] = order[i];
    int32_t *swap = order; order = other; other = swap;
  }
  return order;
}

static inline int cell(double position, double per) { return (int)fmax(-1073741824.0, fmin(1073741824.0, floor(position * per))); }

static inline int overlaps(const Kept *k, double x1, double y1, double x2, double y2, double area, double t) {
  double r = k->x2, l = k->x1, b = k->y2, p = k->y1;
  double w = (x2 < r ? x2 : r) - (x1 > l ? x1 : l);
  if (w <= 0) return 0;
  double h = (y2 < b ? y2 : b) - (y1 > p ? y1 : p);
  if (h <= 0) return 0;
  return w * h / (area + k->area - w * h) > t;
}

/* Writes the kept indices, best score first, and returns how many there are. */
int nms_grid(const float *boxes, const float *scores, int n, double t, int32_t *out) {
  double reach = fmin((1 - t) / (2 * t), 1e200) + 1e-6, ws = 0, hs = 0, sound = 0;
  for (int i = 0; i < n; i++) {
    double w = (double)boxes[4 * i + 2] - boxes[4 * i], h = (double)boxes[4 * i + 3] - boxes[4 * i + 1];
    if (w > 0 && h > 0 && w * h < INFINITY) { ws += w; hs += h; sound++; }
  }
  double per = sound / (1.3 * fmax(reach, 0.05)), px = sound > 0 ? per / ws : 0, py = sound > 0 ? per / hs : 0;
  int places = 2;
  while (places < 2 * n) places *= 2;
  uint32_t mask = places - 1;
  int32_t *ints = malloc(sizeof(int32_t) * (4 * (size_t)n + 1 + places));
  int32_t *previous = ints + 3 * (size_t)n, *last = previous + n + 1;
  Kept *kept = malloc(sizeof(Kept) * ((size_t)n + 1));
  int32_t *order = by_score(scores, n, (uint32_t *)ints, ints + n, ints + 2 * (size_t)n);
  memset(last, 0, sizeof(int32_t) * places);
  int count = 0, suppressors = 0;
  for (int rank = 0; rank < n; rank++) {
    int i = order[rank];
    double x1 = boxes[4 * i], y1 = boxes[4 * i + 1], x2 = boxes[4 * i + 2], y2 = boxes[4 * i + 3];
    double w = x2 - x1, h = y2 - y1, area = w * h, x = (x1 + x2) / 2, y = (y1 + y2) / 2;
    if (w > 0 && h > 0 && area < INFINITY) {
      int c0 = cell(x - reach * w, px), c1 = cell(x + reach * w, px);
      int r0 = cell(y - reach * h, py), r1 = cell(y + reach * h, py), found = 0;
      if ((double)(c1 - c0 + 1) * (r1 - r0 + 1) <= suppressors + 4) {
        for (int r = r0; r <= r1 && !found; r++)
          for (int c = c0; c <= c1 && !found; c++)
            for (int k = last[((uint32_t)c + (uint32_t)r * 0x9e3779b1u) & mask]; k > 0 && !found; k = previous[k])
              found = overlaps(kept + k, x1, y1, x2, y2, area, t);
      } else {
        for (int k = suppressors; k > 0 && !found; k--) found = overlaps(kept + k, x1, y1, x2, y2, area, t);
      }
      if (found) continue;
      Kept *to = kept + ++suppressors;
      *to = (Kept){x1, y1, x2, y2, area};
      uint32_t place = ((uint32_t)cell(x, px) + (uint32_t)cell(y, py) * 0x9e3779b1u) & mask;
      previous[suppressors] = last[place];
      last[place] = suppressors;
    }
    out[count++] = i;
  }
  free(kept);
  free(ints);
  return count;
}
