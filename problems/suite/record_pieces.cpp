#include "problems/suite/record_pieces.hpp"

#include <algorithm>
#include <cstddef>

namespace millrace {
namespace {

constexpr std::size_t kSamples = 20000;
constexpr double kBeyondRecord = 1e-9;

/// Maximum of a function that rises and then falls between `from` and `to`.
double summit(double (*height)(double), double from, double to) {
  for (int step = 0; step < 100; ++step) {
    const double left = from + (to - from) / 3.0;
    const double right = to - (to - from) / 3.0;
    if (height(left) < height(right)) from = left;
    else to = right;
  }
  return 0.5 * (from + to);
}

/// Where a function that rises from `from` to `to` passes `level`.
double passing(double (*height)(double), double level, double from, double to) {
  for (int step = 0; step < 100; ++step) {
    const double middle = 0.5 * (from + to);
    (height(middle) > level ? to : from) = middle;
  }
  return to;
}

}  // namespace

std::vector<Piece> record_pieces(double (*height)(double)) {
  const auto sample = [](std::size_t i) { return static_cast<double>(i) / static_cast<double>(kSamples); };
  std::vector<Piece> pieces;
  double record = height(0.0);
  std::size_t valley = 0;  // where the function began to rise
  for (std::size_t i = 1; i <= kSamples; ++i) {
    if (height(sample(i)) < height(sample(i - 1))) {
      valley = i;
      continue;
    }
    if (i < kSamples && height(sample(i + 1)) >= height(sample(i))) continue;
    const double top = i == kSamples ? 1.0 : summit(height, sample(i - 1), sample(i + 1));
    if (height(top) <= record + kBeyondRecord) continue;
    pieces.push_back({pieces.empty() ? 0.0 : passing(height, record + kBeyondRecord, sample(valley), top), top});
    record = height(top);
  }
  return pieces;
}

double at_share(std::span<const Piece> pieces, double share) {
  double length = 0.0;
  for (const Piece& piece : pieces) length += piece.to - piece.from;
  double left = share * length;
  for (const Piece& piece : pieces) {
    if (left <= piece.to - piece.from) return piece.from + left;
    left -= piece.to - piece.from;
  }
  return pieces.back().to;
}

}  // namespace millrace
