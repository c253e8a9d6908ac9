#include "cli/account/account_sample.hpp"

#include <cstdint>

#include "operators/sobol.hpp"

namespace millrace::cli {

Columns sobol_sample(std::size_t rows, std::size_t columns) {
  Columns sample(rows, columns);
  if (columns == 0) return sample;
  const std::vector<std::uint32_t> directions = sobol_directions(columns);
  for (std::size_t row = 0; row < rows; ++row)
    for (std::size_t c = 0; c < columns; ++c) {
      std::uint32_t point = 0;
      for (std::size_t digit = 0; (row + 1) >> digit != 0; ++digit)
        if ((row + 1) >> digit & 1u) point ^= directions[digit * columns + c];
      sample(row, c) = static_cast<double>(point) * 0x1p-32;
    }
  return sample;
}

}  // namespace millrace::cli
