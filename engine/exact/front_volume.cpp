#include "engine/exact/front_volume.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <vector>

#include "engine/exact/box_membership.hpp"
#include "engine/exact/front_projector.hpp"
#include "engine/exact/neighbour_order.hpp"
#include "engine/exact/reference_front.hpp"
#include "engine/indicator/hypervolume.hpp"
#include "engine/random/philox.hpp"

namespace millrace {
namespace {

constexpr std::size_t kRound = 16384;      // samples between two merges of what was learnt
constexpr std::size_t kSampleBlock = 256;  // samples that are classified together
constexpr std::size_t kProgramBlock = 32;  // samples that share a solver

class VolumeSampler {
 public:
  VolumeSampler(const LinearForm& form, std::span<const double> lower, std::span<const double> upper,
                const FrontVolumeOptions& options, Workers& workers)
      : form_(form), lower_(lower), options_(options), workers_(workers), m_(lower.size()), known_(m_) {
    for (std::size_t k = 0; k < m_; ++k) width_.push_back(upper[k] - lower[k]);
  }

  FrontVolume run() {
    measure_pilot();
    double error = 1.0;
    std::uint64_t hits = 0;
    while (error > options_.standard_error && result_.samples < options_.most_samples) {
      const std::uint64_t count = std::min<std::uint64_t>(kRound, options_.most_samples - result_.samples);
      hits += sample_round(static_cast<std::size_t>(count));
      result_.samples += count;
      const double total = static_cast<double>(result_.samples);
      const double share = (static_cast<double>(hits) + 1.0) / (total + 2.0);
      error = std::sqrt(share * (1.0 - share) / total);
    }
    const double box = std::accumulate(width_.begin(), width_.end(), 1.0, std::multiplies<>());
    result_.lower_bound *= box;
    result_.value = result_.lower_bound + box * static_cast<double>(hits) / static_cast<double>(result_.samples);
    result_.standard_error = box * error;
    return result_;
  }

 private:
  /// What one block of programs found: rows of points and halfspaces, and which samples are inside.
  struct Finding {
    std::vector<double> points;
    std::vector<double> normals;
    std::vector<double> offsets;
    std::uint64_t inside = 0;
  };

  void measure_pilot() {
    const std::vector<double> zeros(m_, 0.0);
    const std::vector<double> ones(m_, 1.0);
    decide(line_starts(zeros, ones, options_.pilot_lines, options_.seed));
    if (!exact_hypervolume_is_affordable(known_.points(), m_)) return;
    result_.lower_bound = hypervolume(known_.point_columns(), ones, workers_);
    measured_ = known_.points();
  }

  /// How many of the next samples are inside without being dominated by a measured point.
  std::uint64_t sample_round(std::size_t count) {
    const std::size_t blocks = (count + kSampleBlock - 1) / kSampleBlock;
    std::vector<double> draws(count * m_);
    std::vector<std::uint64_t> hits(blocks, 0);
    std::vector<char> open(count, 0);
    workers_.for_blocks(count, kSampleBlock, [&](std::size_t begin, std::size_t end) {
      const std::size_t block = begin / kSampleBlock;
      fill_uniform({options_.seed, round_, Stage::indicator}, static_cast<std::uint32_t>(block), 0,
                   {draws.data() + begin * m_, (end - begin) * m_});
      for (std::size_t s = begin; s < end; ++s) {
        const std::span<const double> sample(draws.data() + s * m_, m_);
        if (known_.excluded(sample)) continue;
        const std::size_t point = known_.dominating(sample);
        open[s] = point == known_.points();
        hits[block] += point >= measured_ && !open[s];
      }
    });
    ++round_;
    return std::accumulate(hits.begin(), hits.end(), decide(open_samples(draws, open)));
  }

  Columns open_samples(const std::vector<double>& draws, const std::vector<char>& open) const {
    Columns samples(static_cast<std::size_t>(std::count(open.begin(), open.end(), char{1})), m_);
    std::size_t row = 0;
    for (std::size_t s = 0; s < open.size(); ++s) {
      if (open[s] == 0) continue;
      for (std::size_t k = 0; k < m_; ++k) samples(row, k) = draws[s * m_ + k];
      ++row;
    }
    return samples;
  }

  /// Decides samples by programs, adds what that teaches to `known_`, and returns how many are inside.
  std::uint64_t decide(const Columns& samples) {
    const std::vector<std::uint32_t> order = neighbour_order(samples);
    std::vector<Finding> findings((order.size() + kProgramBlock - 1) / kProgramBlock);
    workers_.for_blocks(order.size(), kProgramBlock, [&](std::size_t begin, std::size_t end) {
      decide_block(samples, std::span(order).subspan(begin, end - begin), findings[begin / kProgramBlock]);
    });
    std::uint64_t inside = 0;
    for (const Finding& finding : findings) {
      for (std::size_t i = 0; i < finding.offsets.size(); ++i) {
        known_.add_point(std::span(finding.points).subspan(i * m_, m_));
        known_.add_halfspace(std::span(finding.normals).subspan(i * m_, m_), finding.offsets[i]);
      }
      inside += finding.inside;
      result_.programs += finding.offsets.size();
    }
    return inside;
  }

  void decide_block(const Columns& samples, std::span<const std::uint32_t> rows, Finding& finding) const {
    FrontProjector projector(form_, width_, Improvement::together);
    BoxMembership learnt(m_);
    std::vector<double> sample(m_);
    std::vector<double> from(m_);
    for (const std::uint32_t row : rows) {
      for (std::size_t k = 0; k < m_; ++k) {
        sample[k] = samples(row, k);
        from[k] = lower_[k] + width_[k] * sample[k];
      }
      const bool inside = learnt.dominating(sample) < learnt.points();
      finding.inside += inside;
      if (inside || learnt.excluded(sample)) continue;
      const Projection& met = projector.project(from);
      finding.inside += met.distance <= 0.0;
      finding.offsets.push_back(met.offset);
      for (std::size_t k = 0; k < m_; ++k) {
        finding.points.push_back((met.objectives[k] - lower_[k]) / width_[k]);
        finding.normals.push_back(met.weights[k] * width_[k]);
        finding.offsets.back() -= met.weights[k] * lower_[k];
      }
      learnt.add_point(std::span(finding.points).last(m_));
      learnt.add_halfspace(std::span(finding.normals).last(m_), finding.offsets.back());
    }
  }

  const LinearForm& form_;
  std::span<const double> lower_;
  const FrontVolumeOptions& options_;
  Workers& workers_;
  std::size_t m_;
  std::vector<double> width_;
  BoxMembership known_;
  /// The first points of `known_`, whose hypervolume is known.
  std::size_t measured_ = 0;
  std::uint32_t round_ = 0;
  FrontVolume result_;
};

}  // namespace

std::string FrontVolumeOptions::error() const {
  if (!(standard_error > 0.0)) return "the standard error of a front's volume is above 0";
  if (most_samples == 0) return "a front's volume needs at least one sample";
  return {};
}

FrontVolume estimate_front_volume(const LinearForm& form, std::span<const double> lower, std::span<const double> upper,
                                  const FrontVolumeOptions& options, Workers& workers) {
  if (const std::string error = options.error(); !error.empty()) throw std::invalid_argument(error);
  for (std::size_t k = 0; k < lower.size(); ++k)
    if (!(lower[k] < upper[k])) throw std::invalid_argument("the box of a front's volume is empty");
  return VolumeSampler(form, lower, upper, options, workers).run();
}

}  // namespace millrace
