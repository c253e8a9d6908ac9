#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace millrace {

/// A bounded convex polytope of a few dimensions that begins as a box and is cut by halfspaces, with all its vertices:
/// the double description method (Motzkin, Raiffa, Thompson and Thrall 1953; adjacency by incidence as in Fukuda and
/// Prodon, doi:10.1007/3-540-61576-8_77). Coordinates should be of the order of 1: what lies within 1e-9 of a
/// hyperplane lies on it.
class Polytope {
 public:
  /// The box lower <= u <= upper, lower < upper, of 1 to 16 dimensions.
  Polytope(std::span<const double> lower, std::span<const double> upper);

  std::size_t dimensions() const { return dimensions_; }
  std::size_t vertices() const { return points_.size() / dimensions_; }
  std::span<const double> vertex(std::size_t v) const { return {points_.data() + v * dimensions_, dimensions_}; }
  /// A number that stays with the vertex while others come and go; new vertices get the next ones.
  std::uint64_t identity(std::size_t v) const { return identities_[v]; }
  /// Half-spaces so far: 2 * dimensions() of the box (lower, then upper), then the cuts that cut.
  std::size_t facets() const { return facets_; }
  bool on_facet(std::size_t v, std::size_t facet) const {
    return incidence_[v * words_ + facet / 64] >> (facet % 64) & 1;
  }

  /// Keeps what has sum normal_k u_k >= offset. False where nothing lies beyond by more than 1e-9 of the normal's sum:
  /// then nothing changes. O(vertices^2) and more.
  bool cut(std::span<const double> normal, double offset);

  /// By pyramids over the faces: exact but for rounding, exponential in the dimension.
  double volume() const;

 private:
  /// Signed heights of the vertices over a hyperplane, 0 for those on it.
  std::vector<double> heights_over(std::span<const double> normal, double offset) const;
  void make_room_for_a_facet();
  void split_edges(std::span<const double> heights);
  bool adjacent(std::size_t a, std::size_t b, std::span<const std::uint64_t> common) const;
  void add_between(std::size_t inside, std::size_t outside, std::span<const double> heights);
  void drop_negative(std::span<const double> heights);

  std::size_t dimensions_;
  std::size_t facets_;
  /// 64-bit words of a vertex in incidence_.
  std::size_t words_ = 1;
  std::vector<double> points_;
  std::vector<std::uint64_t> incidence_;
  std::vector<std::uint64_t> identities_;
  std::uint64_t next_identity_ = 0;
};

}  // namespace millrace
