#include "engine/exact/upper_image.hpp"

#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <unordered_set>

#include "engine/exact/front_projector.hpp"
#include "engine/exact/neighbour_order.hpp"
#include "engine/exact/polytope.hpp"

namespace millrace {
namespace {

constexpr std::size_t kBlock = 32;

/// Supporting hyperplanes in coordinates of the box, a row each, with how far their corner was from being attained.
struct Supports {
  std::vector<double> distance;
  std::vector<double> normals;
  std::vector<double> offsets;
};

class OuterApproximation {
 public:
  OuterApproximation(const LinearForm& form, std::span<const double> lower, std::span<const double> upper,
                     const UpperImageOptions& options, Workers& workers)
      : form_(form), lower_(lower), options_(options), workers_(workers), m_(lower.size()),
        polytope_(std::vector<double>(m_, 0.0), std::vector<double>(m_, 1.0)) {
    for (std::size_t k = 0; k < m_; ++k) width_.push_back(upper[k] - lower[k]);
  }

  UpperImage run() {
    UpperImage image;
    for (;;) {
      const std::vector<std::uint32_t> open = open_corners();
      image.complete = open.empty();
      if (image.complete || polytope_.vertices() > options_.most_corners) break;
      image.programs += open.size();
      const Supports supports = project(open);
      settle(open, supports);
      if (!cut(open, supports)) throw std::runtime_error("outer approximation: no cut removes an open corner");
    }
    image.cuts = polytope_.facets() - 2 * m_;
    if (!image.complete) return image;
    image.corners = inner_corners();
    if (options_.volume) measure(image);
    return image;
  }

 private:
  std::vector<std::uint32_t> open_corners() const {
    std::vector<std::uint32_t> open;
    for (std::uint32_t v = 0; v < polytope_.vertices(); ++v)
      if (!settled_.contains(polytope_.identity(v))) open.push_back(v);
    return open;
  }

  Supports project(const std::vector<std::uint32_t>& open) {
    const std::size_t n = open.size();
    Columns starts(n, m_);
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t k = 0; k < m_; ++k) starts(i, k) = lower_[k] + width_[k] * polytope_.vertex(open[i])[k];
    const std::vector<std::uint32_t> order = neighbour_order(starts);
    Supports supports{std::vector<double>(n), std::vector<double>(n * m_), std::vector<double>(n)};
    workers_.for_blocks(n, kBlock, [&](std::size_t begin, std::size_t end) {
      FrontProjector projector(form_, width_, Improvement::none);
      std::vector<double> from(m_);
      for (std::size_t i = begin; i < end; ++i) {
        const std::uint32_t row = order[i];
        for (std::size_t k = 0; k < m_; ++k) from[k] = starts(row, k);
        const Projection& met = projector.project(from);
        supports.distance[row] = met.distance;
        supports.offsets[row] = met.offset;
        for (std::size_t k = 0; k < m_; ++k) {
          supports.normals[row * m_ + k] = met.weights[k] * width_[k];
          supports.offsets[row] -= met.weights[k] * lower_[k];
        }
      }
    });
    return supports;
  }

  void settle(const std::vector<std::uint32_t>& open, const Supports& supports) {
    for (std::size_t i = 0; i < open.size(); ++i)
      if (supports.distance[i] <= options_.tolerance) settled_.insert(polytope_.identity(open[i]));
  }

  /// Cuts with the deepest hyperplanes first: many of the others are then superfluous.
  bool cut(const std::vector<std::uint32_t>& open, const Supports& supports) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < open.size(); ++i)
      if (supports.distance[i] > options_.tolerance) order.push_back(i);
    std::stable_sort(order.begin(), order.end(),
                     [&](auto a, auto b) { return supports.distance[a] > supports.distance[b]; });
    bool any = order.empty();
    for (const std::size_t i : order) {
      const std::span<const double> normal(supports.normals.data() + i * m_, m_);
      any = polytope_.cut(normal, supports.offsets[i]) || any;
      if (polytope_.vertices() > options_.most_corners) break;
    }
    return any;
  }

  /// Corners that lie on no upper side of the box.
  Columns inner_corners() const {
    std::vector<std::size_t> inner;
    for (std::size_t v = 0; v < polytope_.vertices(); ++v) {
      bool inside = true;
      for (std::size_t k = 0; k < m_; ++k) inside = inside && !polytope_.on_facet(v, m_ + k);
      if (inside) inner.push_back(v);
    }
    Columns corners(inner.size(), m_);
    for (std::size_t i = 0; i < inner.size(); ++i)
      for (std::size_t k = 0; k < m_; ++k) corners(i, k) = lower_[k] + width_[k] * polytope_.vertex(inner[i])[k];
    return corners;
  }

  void measure(UpperImage& image) const {
    double box = 1.0;
    for (const double width : width_) box *= width;
    image.volume = box * polytope_.volume();
    // Worse by the tolerance in each objective, the polytope lies within the image: a slab an objective is in doubt.
    image.excess = box * static_cast<double>(m_) * options_.tolerance;
  }

  const LinearForm& form_;
  std::span<const double> lower_;
  std::vector<double> width_;
  const UpperImageOptions& options_;
  Workers& workers_;
  std::size_t m_;
  Polytope polytope_;
  std::unordered_set<std::uint64_t> settled_;
};

}  // namespace

std::string UpperImageOptions::error() const {
  if (!(tolerance > 0.0 && tolerance < 1.0)) return "the tolerance of an upper image lies between 0 and 1";
  if (most_corners == 0) return "an upper image needs at least one corner";
  return {};
}

UpperImage upper_image(const LinearForm& form, std::span<const double> lower, std::span<const double> upper,
                       const UpperImageOptions& options, Workers& workers) {
  if (const std::string error = options.error(); !error.empty()) throw std::invalid_argument(error);
  for (std::size_t k = 0; k < lower.size(); ++k)
    if (!(lower[k] < upper[k])) throw std::invalid_argument("the box of an upper image is empty");
  return OuterApproximation(form, lower, upper, options, workers).run();
}

}  // namespace millrace
