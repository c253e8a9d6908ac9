#include "engine/random/sobol.hpp"

#include <array>
#include <bit>
#include <span>
#include <stdexcept>

#include <fmt/format.h>

#include "engine/random/philox.hpp"

namespace millrace {
namespace {

constexpr std::size_t kDigits = 32;
/// Generation of the key of random shifts, as in a sample of decisions.
constexpr std::uint32_t kShift = 2;

/// Initial direction numbers of variables 2 to 21 (Joe and Kuo 2008); unused ones are 0.
constexpr std::array<std::array<std::uint32_t, 7>, 20> kJoeKuo{{
    {1, 0, 0, 0, 0, 0, 0},    {1, 3, 0, 0, 0, 0, 0},    {1, 3, 1, 0, 0, 0, 0},      {1, 1, 1, 0, 0, 0, 0},
    {1, 1, 3, 3, 0, 0, 0},    {1, 3, 5, 13, 0, 0, 0},   {1, 1, 5, 5, 17, 0, 0},     {1, 1, 5, 5, 5, 0, 0},
    {1, 1, 7, 11, 19, 0, 0},  {1, 1, 5, 1, 1, 0, 0},    {1, 1, 1, 3, 11, 0, 0},     {1, 3, 5, 5, 31, 0, 0},
    {1, 3, 3, 9, 7, 49, 0},   {1, 1, 1, 15, 21, 21, 0}, {1, 3, 1, 13, 27, 49, 0},   {1, 1, 1, 15, 7, 5, 0},
    {1, 3, 1, 15, 13, 25, 0}, {1, 1, 5, 5, 19, 61, 0},  {1, 3, 7, 11, 23, 15, 103}, {1, 3, 7, 13, 13, 15, 69},
}};

/// A polynomial over GF(2) as the bits of `bits`, the leading one included.
struct Polynomial {
  std::uint32_t bits = 1;
  std::size_t degree = 0;
  bool has(std::size_t power) const { return bits >> power & 1u; }
};

/// Whether x generates every non-zero residue: walks its powers until they return to 1.
bool is_primitive(Polynomial p) {
  const std::uint32_t top = 1u << p.degree;
  std::uint32_t power = 1;
  std::uint32_t order = 0;
  do {
    power <<= 1;
    if (power & top) power ^= p.bits;
    ++order;
  } while (power != 1 && order < top);
  return order == top - 1;
}

/// The next primitive polynomial by degree, then by value.
Polynomial next_primitive(Polynomial p) {
  do {
    // Only odd values have a constant term; degree 1 starts at x + 1.
    p.bits = p.degree == 0 ? 3u : p.bits + 2u;
    p.degree = p.degree == 0 ? 1 : p.degree + (p.bits >> (p.degree + 1));
  } while (!is_primitive(p));
  return p;
}

using Initial = std::vector<std::uint32_t>;

/// Odd numbers, the k-th below 2^(k+1).
Initial draw_initial(std::size_t degree, RowDraws& draws) {
  Initial numbers(degree);
  for (std::size_t k = 0; k < degree; ++k) numbers[k] = 2 * draws.below(1u << k) + 1;
  return numbers;
}

/// Decides property A: keeps the first binary digits of all directions so far as an eliminated matrix over GF(2).
class PropertyA {
 public:
  explicit PropertyA(std::size_t variables) : variables_(variables), words_((variables + 63) / 64) {}

  /// Adds the next variable and returns true if the determinant stays 1; otherwise changes nothing.
  bool accept(Polynomial p, const Initial& initial) {
    std::vector<std::uint64_t> row = first_digits(p, initial);
    const std::size_t next = rows_.size();
    for (std::size_t i = 0; i < next; ++i)
      if (digit(row, i))
        for (std::size_t w = i / 64; w < words_; ++w) row[w] ^= rows_[i][w];
    if (!digit(row, next)) return false;
    rows_.push_back(std::move(row));
    return true;
  }

 private:
  static bool digit(const std::vector<std::uint64_t>& row, std::size_t k) { return row[k / 64] >> (k % 64) & 1u; }

  /// The shifted term of the recurrence never reaches the first digit, which leaves a linear feedback register.
  std::vector<std::uint64_t> first_digits(Polynomial p, const Initial& initial) const {
    std::vector<std::uint64_t> row(words_, 0);
    for (std::size_t k = 0; k < variables_; ++k) {
      bool bit = false;
      if (k < initial.size()) bit = initial[k] >> k & 1u;
      else
        for (std::size_t i = 1; i <= p.degree; ++i) bit ^= p.has(p.degree - i) && digit(row, k - i);
      row[k / 64] |= std::uint64_t{bit} << (k % 64);
    }
    return row;
  }

  std::size_t variables_;
  std::size_t words_;
  std::vector<std::vector<std::uint64_t>> rows_;
};

Initial initial_numbers(std::size_t variable, Polynomial p, PropertyA& property) {
  if (variable <= kJoeKuo.size()) {
    const auto& table = kJoeKuo[variable - 1];
    const Initial numbers(table.begin(), table.begin() + static_cast<std::ptrdiff_t>(p.degree));
    property.accept(p, numbers);
    return numbers;
  }
  RowDraws draws({0, 0, Stage::sample}, static_cast<std::uint32_t>(variable));
  for (;;) {
    Initial numbers = draw_initial(p.degree, draws);
    if (property.accept(p, numbers)) return numbers;
  }
}

}  // namespace

std::vector<std::uint32_t> sobol_directions(std::size_t variables) {
  if (variables > kSobolVariables)
    throw std::invalid_argument(
        fmt::format("a Sobol sequence has at most {} variables, but {} were asked for", kSobolVariables, variables));
  std::vector<std::uint32_t> v(kDigits * variables);
  PropertyA property(variables);
  if (variables > 0) property.accept({1, 0}, Initial{1});
  for (std::size_t k = 0; k < kDigits && variables > 0; ++k) v[k * variables] = 1u << (kDigits - 1 - k);
  Polynomial p;
  for (std::size_t j = 1; j < variables; ++j) {
    p = next_primitive(p);
    const Initial initial = initial_numbers(j, p, property);
    for (std::size_t k = 0; k < kDigits; ++k) {
      std::uint32_t& direction = v[k * variables + j];
      if (k < p.degree) {
        direction = initial[k] << (kDigits - 1 - k);
        continue;
      }
      direction = v[(k - p.degree) * variables + j] >> p.degree;
      for (std::size_t i = 1; i <= p.degree; ++i)
        if (p.has(p.degree - i)) direction ^= v[(k - i) * variables + j];
    }
  }
  return v;
}

namespace {

/// Points first .. first + rows - 1, every variable under the exclusive or with its shift.
Columns points_under(std::span<const std::uint32_t> shift, std::size_t rows, std::size_t first) {
  const std::size_t variables = shift.size();
  if (first + rows > std::size_t{1} << kDigits)
    throw std::invalid_argument(fmt::format("a Sobol sequence has 2^{} points here", kDigits));
  const std::vector<std::uint32_t> directions = sobol_directions(variables);
  Columns points(rows, variables);
  for (std::size_t row = 0; row < rows; ++row)
    for (std::size_t j = 0; j < variables; ++j) {
      std::uint32_t point = shift[j];
      for (std::size_t digits = first + row; digits != 0; digits &= digits - 1)
        point ^= directions[static_cast<std::size_t>(std::countr_zero(digits)) * variables + j];
      points(row, j) = static_cast<double>(point) * 0x1p-32;
    }
  return points;
}

}  // namespace

Columns sobol_points(std::size_t rows, std::size_t variables, std::size_t first) {
  return points_under(std::vector<std::uint32_t>(variables, 0), rows, first);
}

Columns shifted_sobol_points(std::size_t rows, std::size_t variables, std::uint64_t seed) {
  RowDraws draws({seed, kShift, Stage::sample}, 0);
  std::vector<std::uint32_t> shift(variables);
  for (std::uint32_t& s : shift) s = static_cast<std::uint32_t>(draws.next_u64() >> 32);
  return points_under(shift, rows, 0);
}

}  // namespace millrace
