/* The yardstick: the hashed grid of src/drills/kernels/nms/grid.ts in plain C, f64 from f32 coordinates. Like the rungs,
   it keeps its memory between calls. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef struct { float x1, y1, x2, y2; } Box;
typedef struct { int32_t before, box; } Entry;

enum { MAX_CELLS = 256, PLACES_PER_BOX = 4, ENTRIES_PER_BOX = 16 };

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

static inline int level_of(double pixels) {
  uint64_t bits;
  memcpy(&bits, &pixels, 8);
  return bits >> 53;
}

/* 1 / side of the smallest boxes of the level. */
static inline double per_side(int level) {
  uint64_t bits = (uint64_t)(1023 + 512 - level) << 52;
  double power;
  memcpy(&power, &bits, 8);
  return M_SQRT1_2 * power;
}

static inline uint32_t hash_of(uint32_t level, uint32_t row) { return row * 0x9e3779b1u + level * 0x85ebca6bu; }

static inline uint32_t wrap(double cell) { return (uint32_t)(int64_t)fmax(-9e18, fmin(9e18, cell)); }

static inline double area_of(const Box *b) { return ((double)b->x2 - b->x1) * ((double)b->y2 - b->y1); }

static inline int overlaps(const Box *a, double pixels, const Box *b, double t) {
  double w = (double)(a->x2 < b->x2 ? a->x2 : b->x2) - (a->x1 > b->x1 ? a->x1 : b->x1);
  double h = (double)(a->y2 < b->y2 ? a->y2 : b->y2) - (a->y1 > b->y1 ? a->y1 : b->y1);
  double shared = (w > 0 ? w : 0) * (h > 0 ? h : 0);
  return shared / (pixels + area_of(b) - shared) > t;
}

static void *room(size_t bytes) {
  static void *kept;
  static size_t size;
  if (size < bytes) {
    free(kept);
    kept = malloc(size = bytes);
  }
  return kept;
}

/* Writes the kept indices, best score first, and returns how many there are. */
int nms_grid(const float *quads, const float *scores, int n, double t, int32_t *out) {
  const Box *boxes = (const Box *)quads;
  const double reach = fmin((1 - t) / (2 * t), 1e200) + 1e-6;
  const double cells_per_side = 1 / fmax(0.1, 2 * 2 * reach);
  size_t places = 1;
  while (places < PLACES_PER_BOX * (size_t)n + 1) places *= 2;
  const uint32_t mask = places - 1;
  const size_t limit = ENTRIES_PER_BOX * (size_t)n;
  Entry *entries = room(sizeof(Entry) * (limit + 1) + sizeof(int32_t) * (4 * (size_t)n + places));
  int32_t *last = (int32_t *)(entries + limit + 1), *everywhere = last + places, *ints = everywhere + n;
  int32_t *order = by_score(scores, n, (uint32_t *)ints, ints + n, ints + 2 * (size_t)n);
  memset(last, 0, sizeof(int32_t) * places);
  size_t used = 0;
  int count = 0, everywhere_count = 0, first_level = 1024, last_level = -1;
  for (int rank = 0; rank < n; rank++) {
    int i = order[rank];
    const Box *box = boxes + i;
    double w = (double)box->x2 - box->x1, h = (double)box->y2 - box->y1, pixels = w * h;
    if (w > 0 && h > 0 && pixels < INFINITY) {
      double x = ((double)box->x1 + box->x2) / 2, y = ((double)box->y1 + box->y2) / 2;
      int least = level_of(pixels * t * (1 - 1e-6)), most = level_of(pixels / t * (1 + 1e-6)), found = 0;
      if (least < first_level) least = first_level;
      if (most > last_level) most = last_level;
      for (int level = least; level <= most && !found; level++) {
        double per = cells_per_side * per_side(level);
        uint32_t place = hash_of(level, wrap(floor(y * per))) + wrap(floor(x * per));
        for (int e = last[place & mask]; e > 0 && !found; e = entries[e].before)
          found = overlaps(box, pixels, boxes + entries[e].box, t);
      }
      for (int e = 0; e < everywhere_count && !found; e++)
        found = overlaps(box, pixels, boxes + everywhere[e], t);
      if (found) continue;
      int level = level_of(pixels);
      if (level < first_level) first_level = level;
      if (level > last_level) last_level = level;
      double per = cells_per_side * per_side(level);
      double left = floor((x - reach * w) * per), top = floor((y - reach * h) * per);
      double columns = floor((x + reach * w) * per) - left + 1, rows = floor((y + reach * h) * per) - top + 1;
      if (columns * rows <= fmin(limit - used, MAX_CELLS)) {
        for (uint32_t row = 0; row < (uint32_t)rows; row++) {
          uint32_t first = hash_of(level, wrap(top) + row) + wrap(left);
          for (uint32_t column = 0; column < (uint32_t)columns; column++) {
            int32_t *to = last + ((first + column) & mask);
            entries[++used] = (Entry){*to, i};
            *to = used;
          }
        }
      } else {
        everywhere[everywhere_count++] = i;
      }
    }
    out[count++] = i;
  }
  return count;
}
