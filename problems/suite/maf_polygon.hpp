#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "engine/problem/problem.hpp"

namespace millrace {

/// A point of the plane of MaF8 and MaF9.
using PlanePoint = std::array<double, 2>;

/// The regular polygon of MaF8 and MaF9: vertex i (from 1 to M) at the angle pi/2 - 2 pi i / M on the unit circle. All
/// points of the polygon, and no others, are Pareto-optimal in both problems.
class RegularPolygon {
 public:
  explicit RegularPolygon(std::size_t vertices);

  std::size_t size() const { return vertices_.size(); }
  /// i from 0.
  const PlanePoint& vertex(std::size_t i) const { return vertices_[i]; }
  /// Unit vector from the centre across edge i, which joins vertex i and the next one.
  const PlanePoint& normal(std::size_t i) const { return normals_[i]; }
  /// Distance of every edge from the centre.
  double apothem() const { return apothem_; }
  /// Least signed distance of a point from the lines of the edges: positive inside, 0 on the border. NaN gives NaN.
  double depth(PlanePoint point) const;

 private:
  std::vector<PlanePoint> vertices_, normals_;
  double apothem_;
};

/// MaF8 of Cheng et al. (2017), DOI 10.1007/s40747-017-0039-7, the multi-point distance problem: objective i is the
/// distance to vertex i of the polygon. M >= 3, two variables in [-10000, 10000]. O(M) a lane, no allocation.
class PolygonVertices {
 public:
  /// Throws std::invalid_argument where objectives < 3.
  PolygonVertices(std::string name, std::size_t objectives);

  const ProblemSpec& spec() const { return spec_; }
  void evaluate(const Tile& tile, Outcome& outcome, Scratch& scratch) const;

 private:
  RegularPolygon polygon_;
  ProblemSpec spec_;
};

/// MaF9 of Cheng et al. (2017), the multi-line distance problem: objective i is the distance to the line through the
/// vertices i and i + 1. M >= 3, two variables in [-10000, 10000]. O(M) a lane, no allocation.
///
/// Beyond the polygon, near the point I where the lines of two edges meet that are not neighbours, two objectives are
/// small at once, which would make further optima. The regions round all I are forbidden: with h .. t the vertices
/// between both edges, the parallelogram of h, t and their images mirrored in I, less the polygon and its mirror image.
/// The paper's implementation draws points there anew from the whole box. Here that is the problem's repair.
/// Differs from the paper: a forbidden point is moved to a point that its own 128 bits choose, uniform over the box (the
/// bits are the counter of Philox, the key counts the attempts), so that repair is a function of the individual and a
/// run has the same bits with any number of threads. evaluate() does not look at the regions.
class PolygonEdges {
 public:
  /// Throws std::invalid_argument where objectives < 3.
  PolygonEdges(std::string name, std::size_t objectives);

  const ProblemSpec& spec() const { return spec_; }
  void evaluate(const Tile& tile, Outcome& outcome, Scratch& scratch) const;
  void repair(Tile& tile, Scratch& scratch) const;
  /// O(M^2).
  bool forbidden(PlanePoint point) const;

 private:
  /// A forbidden parallelogram: |a (p - I)| + |b (p - I)| <= 1.
  struct Region {
    PlanePoint centre, a, b;
  };
  Region region(std::size_t head, std::size_t tail) const;

  RegularPolygon polygon_;
  ProblemSpec spec_;
  std::vector<Region> regions_;
};

}  // namespace millrace
