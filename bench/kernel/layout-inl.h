// The loops of layout.cpp, once for each memory layout. Plain C++: Highway compiles them for each instruction set.
#ifndef MILLRACE_BENCH_LAYOUT_TYPES
#define MILLRACE_BENCH_LAYOUT_TYPES

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <vector>

#include "engine/data/columns.hpp"
#include "engine/data/decision_rows.hpp"
#include "engine/data/tile.hpp"

namespace millrace {

/// Child i is weight[i] of the way from its first parent to its second.
struct Mating {
  std::vector<Slot> first;
  std::vector<Slot> second;
  std::vector<double> weight;
};

/// A population stored as tiles for good, not only while it is evaluated.
using Tiles = std::vector<Tile>;

}  // namespace millrace

#endif

#if defined(MILLRACE_BENCH_LAYOUT_LOOPS) == defined(HWY_TARGET_TOGGLE)
#ifdef MILLRACE_BENCH_LAYOUT_LOOPS
#undef MILLRACE_BENCH_LAYOUT_LOOPS
#else
#define MILLRACE_BENCH_LAYOUT_LOOPS
#endif

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace millrace {
namespace HWY_NAMESPACE {

// Variation: two parents are read and a child is written.

void mix_rows(const DecisionRows& x, const Mating& mating, DecisionRows& out) {
  for (std::size_t i = 0; i < out.rows(); ++i) {
    const double* a = x.row_data(mating.first[i]);
    const double* b = x.row_data(mating.second[i]);
    const double w = mating.weight[i];
    double* HWY_RESTRICT child = out.row_data(i);
    for (std::size_t j = 0; j < x.stride(); ++j) child[j] = (1.0 - w) * a[j] + w * b[j];
  }
}

void mix_columns(const Columns& x, const Mating& mating, Columns& out) {
  const Slot* first = mating.first.data();
  const Slot* second = mating.second.data();
  const double* weight = mating.weight.data();
  for (std::size_t j = 0; j < x.columns(); ++j) {
    const double* from = x.column_data(j);
    double* HWY_RESTRICT child = out.column_data(j);
    for (std::size_t i = 0; i < x.rows(); ++i)
      child[i] = (1.0 - weight[i]) * from[first[i]] + weight[i] * from[second[i]];
  }
}

void mix_tiles(const Tiles& x, const Mating& mating, Tiles& out) {
  const double* a[kLanes];
  const double* b[kLanes];
  for (std::size_t t = 0; t < out.size(); ++t) {
    const double* weight = mating.weight.data() + t * kLanes;
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const Slot first = mating.first[t * kLanes + lane], second = mating.second[t * kLanes + lane];
      a[lane] = x[first / kLanes].column(0) + first % kLanes;
      b[lane] = x[second / kLanes].column(0) + second % kLanes;
    }
    for (std::size_t j = 0; j < x[0].variables(); ++j) {
      double* HWY_RESTRICT child = out[t].column(j);
      for (std::size_t lane = 0; lane < kLanes; ++lane)
        child[lane] = (1.0 - weight[lane]) * a[lane][j * kLanes] + weight[lane] * b[lane][j * kLanes];
    }
  }
}

// Evaluation of the individuals at `slots`, which lie scattered as the offspring of a pool do; a stored tile has no
// choice but to be evaluated whole. A separable function: the sum over variables of (x_j - c_j)^2.

void separable_rows(const DecisionRows& x, const Slot* slots, const double* c, double* HWY_RESTRICT f) {
  for (std::size_t i = 0; i < x.rows(); ++i) {
    const double* row = x.row_data(slots[i]);
    double part[8] = {};  // One sum would be a chain of additions; the padding of row and c is zero.
    for (std::size_t j = 0; j < x.stride(); j += 8)
      for (std::size_t p = 0; p < 8; ++p) part[p] += (row[j + p] - c[j + p]) * (row[j + p] - c[j + p]);
    f[i] = std::accumulate(part, part + 8, 0.0);
  }
}

void separable_columns(const Columns& x, const Slot* slots, const double* c, double* HWY_RESTRICT f) {
  std::fill(f, f + x.rows(), 0.0);
  for (std::size_t j = 0; j < x.columns(); ++j) {
    const double* column = x.column_data(j);
    for (std::size_t i = 0; i < x.rows(); ++i) {
      const double distance = column[slots[i]] - c[j];
      f[i] += distance * distance;
    }
  }
}

void separable_tile(const Tile& x, const double* c, double* HWY_RESTRICT f) {
  std::fill(f, f + kLanes, 0.0);
  for (std::size_t j = 0; j < x.variables(); ++j) {
    const double* column = x.column(j);
    for (std::size_t lane = 0; lane < kLanes; ++lane) f[lane] += (column[lane] - c[j]) * (column[lane] - c[j]);
  }
}

// A recurrence: a reservoir that gains x_j - c_j, loses a tenth and cannot fall below empty; the sum of its levels.

HWY_INLINE double next_level(double level, double gain) {
  const double next = 0.9 * level + gain;
  return next > 0.0 ? next : 0.0;
}

void recurrence_rows(const DecisionRows& x, const Slot* slots, const double* c, double* HWY_RESTRICT f) {
  for (std::size_t i = 0; i < x.rows(); ++i) {
    const double* row = x.row_data(slots[i]);
    double level = 0.0, sum = 0.0;
    for (std::size_t j = 0; j < x.variables(); ++j) {
      level = next_level(level, row[j] - c[j]);
      sum += level;
    }
    f[i] = sum;
  }
}

void recurrence_columns(const Columns& x, const Slot* slots, const double* c, double* HWY_RESTRICT f) {
  static thread_local std::vector<double> levels;
  levels.assign(x.rows(), 0.0);
  double* HWY_RESTRICT level = levels.data();
  std::fill(f, f + x.rows(), 0.0);
  for (std::size_t j = 0; j < x.columns(); ++j) {
    const double* column = x.column_data(j);
    for (std::size_t i = 0; i < x.rows(); ++i) {
      level[i] = next_level(level[i], column[slots[i]] - c[j]);
      f[i] += level[i];
    }
  }
}

void recurrence_tile(const Tile& x, const double* c, double* HWY_RESTRICT f) {
  double level[kLanes] = {};
  std::fill(f, f + kLanes, 0.0);
  for (std::size_t j = 0; j < x.variables(); ++j) {
    const double* column = x.column(j);
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      level[lane] = next_level(level[lane], column[lane] - c[j]);
      f[lane] += level[lane];
    }
  }
}

// Comparison of objectives: how many individuals does each one dominate?

void dominated_rows(const double* f, std::size_t n, std::size_t m, std::uint32_t* count) {
  for (std::size_t i = 0; i < n; ++i) {
    count[i] = 0;
    for (std::size_t other = 0; other < n; ++other) {
      bool better = false;
      std::size_t k = 0;
      for (; k < m && f[i * m + k] <= f[other * m + k]; ++k) better |= f[i * m + k] < f[other * m + k];
      count[i] += k == m && better;
    }
  }
}

void dominated_columns(const Columns& f, std::uint32_t* count) {
  std::int64_t worse[kLanes], better[kLanes];
  for (std::size_t i = 0; i < f.rows(); ++i) {
    std::int64_t dominated = 0;
    for (std::size_t first = 0; first < f.rows(); first += kLanes) {
      std::fill(worse, worse + kLanes, 0);
      std::fill(better, better + kLanes, 0);
      for (std::size_t k = 0; k < f.columns(); ++k) {
        const double* others = f.column_data(k) + first;
        const double own = f(i, k);
        for (std::size_t lane = 0; lane < kLanes; ++lane) {
          worse[lane] |= own > others[lane];
          better[lane] |= own < others[lane];
        }
      }
      for (std::size_t lane = 0; lane < kLanes; ++lane) dominated += better[lane] & ~worse[lane];
    }
    count[i] = static_cast<std::uint32_t>(dominated);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace millrace
HWY_AFTER_NAMESPACE();

#endif
