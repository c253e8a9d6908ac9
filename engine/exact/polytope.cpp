#include "engine/exact/polytope.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <stdexcept>

namespace millrace {
namespace {

constexpr double kOnPlane = 1e-9;

/// A face as the ascending list of its vertices.
using Face = std::vector<std::uint32_t>;

/// Adds up |determinant| over the simplices that pyramids over the faces split into.
class PyramidSum {
 public:
  explicit PyramidSum(const Polytope& polytope) : polytope_(polytope), d_(polytope.dimensions()), apexes_(d_ + 1) {}

  double of(const Face& face) { return add(face, d_); }

 private:
  double add(const Face& face, std::size_t dimension) {
    apexes_[dimension] = face.front();
    if (dimension == 0) return determinant();
    double total = 0.0;
    for (const Face& facet : facets_without(face, face.front())) total += add(facet, dimension - 1);
    return total;
  }

  /// The facets of a face that do not contain its apex: its largest proper intersections with facets of the polytope.
  std::vector<Face> facets_without(const Face& face, std::uint32_t apex) const {
    std::vector<Face> sections;
    for (std::size_t f = 0; f < polytope_.facets(); ++f) {
      Face section;
      for (const std::uint32_t v : face)
        if (polytope_.on_facet(v, f)) section.push_back(v);
      if (!section.empty() && section.size() < face.size()) sections.push_back(std::move(section));
    }
    std::stable_sort(sections.begin(), sections.end(),
                     [](const Face& a, const Face& b) { return a.size() > b.size(); });
    std::vector<Face> largest;
    for (Face& section : sections) {
      const bool inside =
          std::ranges::any_of(largest, [&](const Face& other) { return std::ranges::includes(other, section); });
      if (!inside) largest.push_back(std::move(section));
    }
    std::erase_if(largest, [&](const Face& facet) { return facet.front() == apex; });
    return largest;
  }

  /// |det| of the edges from the first apex, by elimination with row pivots.
  double determinant() const {
    std::vector<double> a(d_ * d_);
    const auto origin = polytope_.vertex(apexes_[d_]);
    for (std::size_t r = 0; r < d_; ++r)
      for (std::size_t c = 0; c < d_; ++c) a[r * d_ + c] = polytope_.vertex(apexes_[r])[c] - origin[c];
    double product = 1.0;
    for (std::size_t c = 0; c < d_; ++c) {
      std::size_t pivot = c;
      for (std::size_t r = c + 1; r < d_; ++r)
        if (std::abs(a[r * d_ + c]) > std::abs(a[pivot * d_ + c])) pivot = r;
      if (a[pivot * d_ + c] == 0.0) return 0.0;
      std::swap_ranges(a.begin() + static_cast<std::ptrdiff_t>(c * d_),
                       a.begin() + static_cast<std::ptrdiff_t>((c + 1) * d_),
                       a.begin() + static_cast<std::ptrdiff_t>(pivot * d_));
      product *= a[c * d_ + c];
      for (std::size_t r = c + 1; r < d_; ++r) {
        const double factor = a[r * d_ + c] / a[c * d_ + c];
        for (std::size_t k = c; k < d_; ++k) a[r * d_ + k] -= factor * a[c * d_ + k];
      }
    }
    return std::abs(product);
  }

  const Polytope& polytope_;
  std::size_t d_;
  std::vector<std::uint32_t> apexes_;
};

}  // namespace

Polytope::Polytope(std::span<const double> lower, std::span<const double> upper)
    : dimensions_(lower.size()), facets_(2 * lower.size()) {
  if (dimensions_ == 0 || dimensions_ > 16 || upper.size() != dimensions_)
    throw std::invalid_argument("a polytope has 1 to 16 dimensions");
  for (std::size_t corner = 0; corner < std::size_t{1} << dimensions_; ++corner) {
    std::uint64_t on = 0;
    for (std::size_t k = 0; k < dimensions_; ++k) {
      const bool high = corner >> k & 1;
      points_.push_back(high ? upper[k] : lower[k]);
      on |= std::uint64_t{1} << (high ? dimensions_ + k : k);
    }
    incidence_.push_back(on);
    identities_.push_back(next_identity_++);
  }
}

bool Polytope::cut(std::span<const double> normal, double offset) {
  const std::vector<double> heights = heights_over(normal, offset);
  if (std::ranges::none_of(heights, [](double height) { return height < 0.0; })) return false;
  make_room_for_a_facet();
  split_edges(heights);
  drop_negative(heights);
  return true;
}

std::vector<double> Polytope::heights_over(std::span<const double> normal, double offset) const {
  double size = 0.0;
  for (const double value : normal) size += std::abs(value);
  std::vector<double> heights(vertices());
  for (std::size_t v = 0; v < heights.size(); ++v) {
    heights[v] = std::inner_product(normal.begin(), normal.end(), vertex(v).begin(), -offset);
    if (std::abs(heights[v]) <= kOnPlane * size) heights[v] = 0.0;
  }
  return heights;
}

void Polytope::make_room_for_a_facet() {
  ++facets_;
  if (facets_ <= words_ * 64) return;
  std::vector<std::uint64_t> wider(vertices() * (words_ + 1), 0);
  for (std::size_t v = 0; v < vertices(); ++v)
    for (std::size_t w = 0; w < words_; ++w) wider[v * (words_ + 1) + w] = incidence_[v * words_ + w];
  incidence_ = std::move(wider);
  ++words_;
}

/// Adds a vertex on every edge from above to below the hyperplane.
void Polytope::split_edges(std::span<const double> heights) {
  std::vector<std::uint64_t> common(words_);
  for (std::size_t a = 0; a < heights.size(); ++a) {
    if (!(heights[a] > 0.0)) continue;
    for (std::size_t b = 0; b < heights.size(); ++b) {
      if (!(heights[b] < 0.0)) continue;
      int shared = 0;
      for (std::size_t w = 0; w < words_; ++w) {
        common[w] = incidence_[a * words_ + w] & incidence_[b * words_ + w];
        shared += std::popcount(common[w]);
      }
      if (shared + 1 >= static_cast<int>(dimensions_) && adjacent(a, b, common)) add_between(a, b, heights);
    }
  }
}

bool Polytope::adjacent(std::size_t a, std::size_t b, std::span<const std::uint64_t> common) const {
  // Two vertices span an edge where no third lies on all the facets that they share.
  for (std::size_t v = 0; v < identities_.size(); ++v) {
    if (v == a || v == b) continue;
    bool on_all = true;
    for (std::size_t w = 0; w < words_ && on_all; ++w) on_all = (common[w] & ~incidence_[v * words_ + w]) == 0;
    if (on_all) return false;
  }
  return true;
}

void Polytope::add_between(std::size_t inside, std::size_t outside, std::span<const double> heights) {
  const double share = heights[inside] / (heights[inside] - heights[outside]);
  for (std::size_t k = 0; k < dimensions_; ++k) {
    const double from = points_[inside * dimensions_ + k];
    points_.push_back(from + share * (points_[outside * dimensions_ + k] - from));
  }
  for (std::size_t w = 0; w < words_; ++w)
    incidence_.push_back(incidence_[inside * words_ + w] & incidence_[outside * words_ + w]);
  // Its identity comes last, so that `adjacent` sees only the vertices from before the cut.
}

void Polytope::drop_negative(std::span<const double> heights) {
  const std::size_t facet = facets_ - 1;
  const std::size_t n = vertices();
  while (identities_.size() < n) identities_.push_back(next_identity_++);
  std::size_t to = 0;
  for (std::size_t from = 0; from < n; ++from) {
    const bool fresh = from >= heights.size();
    if (!fresh && heights[from] < 0.0) continue;
    for (std::size_t k = 0; k < dimensions_; ++k) points_[to * dimensions_ + k] = points_[from * dimensions_ + k];
    for (std::size_t w = 0; w < words_; ++w) incidence_[to * words_ + w] = incidence_[from * words_ + w];
    identities_[to] = identities_[from];
    if (fresh || heights[from] == 0.0) incidence_[to * words_ + facet / 64] |= std::uint64_t{1} << (facet % 64);
    ++to;
  }
  points_.resize(to * dimensions_);
  incidence_.resize(to * words_);
  identities_.resize(to);
}

double Polytope::volume() const {
  if (vertices() <= dimensions_) return 0.0;
  Face all(vertices());
  std::iota(all.begin(), all.end(), 0u);
  double factorial = 1.0;
  for (std::size_t k = 2; k <= dimensions_; ++k) factorial *= static_cast<double>(k);
  return PyramidSum(*this).of(all) / factorial;
}

}  // namespace millrace
